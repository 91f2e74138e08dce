package io.rowstream.query.app;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.text.GuidText;
import io.rowstream.query.projections.people.People;
import io.rowstream.query.projections.people.Person;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// As whom a request is served. Thread-safe.
final class Callers {

  /// The header that names the user to act for.
  static final String HEADER = "MSCRMCallerID";

  /// Ada Admin, as whom requests are served on a loopback service when they name nobody.
  static final UUID DEVELOPMENT_IDENTITY = UUID.fromString("11111111-1111-4111-8111-111111111111");

  private final People people;

  Callers(People people) {
    this.people = people;
  }

  /// @param named what the header says; null when it is not there
  /// @throws UnknownCallerException if it names nobody, or somebody who is not there any more
  UUID caller(@Nullable String named) {
    if (named == null) {
      return DEVELOPMENT_IDENTITY;
    }
    UUID id = GuidText.parse(named.strip());
    if (id == null) {
      throw BadRequest.query(HEADER + " is not a guid.");
    }
    if (!id.equals(DEVELOPMENT_IDENTITY)
        && people.find(id).filter(person -> !person.deleted()).isEmpty()) {
      throw new UnknownCallerException();
    }
    return id;
  }

  /// What a user is called; null if nobody knows, or the log would have to be read and cannot be.
  @Nullable String fullname(UUID id) {
    try {
      return people.find(id).map(Person::fullname).orElse(null);
    } catch (LogUnreadableException _) {
      return null;
    }
  }

  /// The caller names a user who is not there.
  static final class UnknownCallerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownCallerException() {
      super(HEADER + " names no user.", null, false, false);
    }
  }
}
