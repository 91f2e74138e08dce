package io.rowstream.command.app;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.text.GuidText;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who sends commands and what they are called. Thread-safe; what it says is at most [#REMEMBERED]
/// old.
final class SystemUsers {
  /// Ada Admin, as whom requests act on a loopback service when they name nobody.
  static final UUID DEVELOPMENT_IDENTITY = UUID.fromString("11111111-1111-4111-8111-111111111111");

  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final int REMEMBERED_MAX = 10_000;

  private final LoadingCache<UUID, Optional<String>> fullnames;

  SystemUsers(RecordLog recordLog) {
    fullnames =
        Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(REMEMBERED_MAX)
            .build(id ->
                recordLog
                    .state(new RecordRef("systemuser", id))
                    .filter(user -> !user.deleted())
                    .map(SystemUsers::fullname));
  }

  private static String fullname(RecordState user) {
    return user.values().get("fullname") instanceof Value.Text(String name) ? name : "";
  }

  /// @return null if there is no such user
  @Nullable String fullname(UUID id) {
    return fullnames.get(id).orElse(null);
  }

  /// The user a request acts for.
  ///
  /// @param named what its `MSCRMCallerID` header says; null when it has none
  /// @throws UnknownCallerException if it names nobody
  UUID caller(@Nullable String named) {
    if (named == null) {
      return DEVELOPMENT_IDENTITY;
    }
    UUID id = GuidText.parse(named.strip());
    if (id == null) {
      throw BadRequest.query("MSCRMCallerID is not a guid.");
    }
    if (!id.equals(DEVELOPMENT_IDENTITY) && fullnames.get(id).isEmpty()) {
      throw new UnknownCallerException();
    }
    return id;
  }

  /// The caller names a user who is not there.
  static final class UnknownCallerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownCallerException() {
      super("MSCRMCallerID names no user", null, false, false);
    }
  }
}
