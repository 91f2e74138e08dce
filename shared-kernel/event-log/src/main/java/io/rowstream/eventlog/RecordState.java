package io.rowstream.eventlog;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.ClaimEvent;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.OptionSetEvent;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a record is after one of its events.
///
/// @param values none of them empty; nothing once it is deleted
/// @param createdOn when it last came into being: a record created again after its deletion is new,
///   a restored one is not
/// @param position of the event
public record RecordState(
    RecordRef record,
    long version,
    boolean deleted,
    Map<String, Value> values,
    UUID createdBy,
    Instant createdOn,
    UUID modifiedBy,
    Instant modifiedOn,
    long position) {
  public RecordState {
    values = Map.copyOf(values);
  }

  /// The state after one more event.
  ///
  /// @param before null before a record's first event
  /// @throws LogDamagedException if `event` is not the one that follows
  public static RecordState after(@Nullable RecordState before, LoggedEvent event) {
    return after(before, List.of(event)).orElseThrow();
  }

  /// The state after `events`, which follow `before` one by one.
  ///
  /// @param before null before a record's first event
  /// @return empty if there is neither a state before nor an event
  /// @throws LogDamagedException if they do not follow
  public static Optional<RecordState> after(
      @Nullable RecordState before, List<LoggedEvent> events) {
    if (events.isEmpty()) {
      return Optional.ofNullable(before);
    }
    var fold = new Fold(before);
    events.forEach(fold::add);
    return Optional.of(fold.state());
  }

  /// A state while events are added to it.
  private static final class Fold {
    private final Map<String, Value> values = new HashMap<>();
    private long version;
    private boolean deleted;
    private @Nullable LoggedEvent created;
    private @Nullable LoggedEvent last;
    private final @Nullable RecordState before;

    Fold(@Nullable RecordState before) {
      this.before = before;
      version = before == null ? -1 : before.version;
      if (before != null) {
        values.putAll(before.values);
        deleted = before.deleted;
      }
    }

    void add(LoggedEvent event) {
      if (event.version() != version + 1) {
        throw new LogDamagedException(
            "version %d of %s is followed by %d"
                .formatted(version, event.record(), event.version()));
      }
      version++;
      last = event;
      switch (event.event()) {
        case RecordEvent happened -> apply(event, happened);
        case EntityTypeDefined _, EntityTypeRemoved _, OptionSetEvent _, ClaimEvent _ -> {
          if (created == null && before == null) {
            created = event;
          }
        }
      }
    }

    private void apply(LoggedEvent event, RecordEvent happened) {
      if (happened instanceof RecordCreated) {
        created = event;
      }
      deleted = happened instanceof RecordDeleted;
      happened
          .changes()
          .forEach((attribute, change) -> {
            if (change.after().isEmpty()) {
              values.remove(attribute);
            } else {
              values.put(attribute, change.after());
            }
          });
    }

    RecordState state() {
      if (last == null || (created == null && before == null)) {
        throw new LogDamagedException("a record's first event is not its creation: " + last);
      }
      return new RecordState(
          last.record(),
          version,
          deleted,
          values,
          created != null ? created.origin().actor() : before().createdBy,
          created != null ? created.committedOn() : before().createdOn,
          last.origin().actor(),
          last.committedOn(),
          last.position());
    }

    private RecordState before() {
      return Objects.requireNonNull(before);
    }
  }
}
