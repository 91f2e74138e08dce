package io.rowstream.query.projections.current;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.ClaimEvent;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.OptionSetEvent;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What several events in a row do to one record's row, as one change.
final class RowChange {
  private final RecordRef record;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Optional<RecordRef>> links = new HashMap<>();
  private @Nullable LoggedEvent created;
  private LoggedEvent last;

  // Whether the row has exactly `values` afterwards, rather than those over what it had.
  private boolean whole;

  RowChange(LoggedEvent first) {
    record = first.record();
    last = first;
  }

  void add(LoggedEvent event) {
    last = event;
    switch (event.event()) {
      case RecordCreated creation -> {
        created = event;
        become(creation.values());
      }
      case RecordDeleted _ -> become(Map.of());
      case RecordUpdated updated -> change(updated);
      case RecordRestored restored -> change(restored);
      case EntityTypeDefined _, EntityTypeRemoved _, OptionSetEvent _, ClaimEvent _ ->
          throw new IllegalArgumentException("not a record's event: " + event.record());
    }
  }

  private void become(Map<String, Value> exactly) {
    whole = true;
    values.clear();
    values.putAll(exactly);
    links.clear();
    exactly.forEach((name, value) -> link(name, Value.empty(), value));
  }

  private void change(RecordEvent event) {
    event
        .changes()
        .forEach((name, change) -> {
          link(name, change.before(), change.after());
          if (whole && change.after().isEmpty()) {
            values.remove(name);
          } else {
            values.put(name, change.after());
          }
        });
  }

  private void link(String name, Value before, Value after) {
    if (after instanceof Value.Lookup(var target)) {
      links.put(name, Optional.of(target));
    } else if (before instanceof Value.Lookup) {
      links.put(name, Optional.empty());
    }
  }

  RecordRef record() {
    return record;
  }

  long version() {
    return last.version();
  }

  long position() {
    return last.position();
  }

  boolean deleted() {
    return last.event() instanceof RecordDeleted;
  }

  boolean whole() {
    return whole;
  }

  Map<String, Value> values() {
    return values;
  }

  /// Where changed lookups refer to now; empty where they refer to nothing any more.
  Map<String, Optional<RecordRef>> links() {
    return links;
  }

  @Nullable Instant createdOn() {
    return created == null ? null : created.committedOn();
  }

  @Nullable UUID createdBy() {
    return created == null ? null : created.origin().actor();
  }

  Instant modifiedOn() {
    return last.committedOn();
  }

  UUID modifiedBy() {
    return last.origin().actor();
  }
}
