package io.rowstream.query.projections.current;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What several events in a row do to one record's row, as one change.
final class RowChange {
  private final RecordRef record;
  private final Map<String, Value> values = new HashMap<>();
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
      case EntityTypeDefined _ ->
          throw new IllegalArgumentException("not a record's event: " + event.record());
    }
  }

  private void become(Map<String, Value> exactly) {
    whole = true;
    values.clear();
    values.putAll(exactly);
  }

  private void change(RecordEvent event) {
    event
        .changes()
        .forEach((name, change) -> {
          if (whole && change.after().isEmpty()) {
            values.remove(name);
          } else {
            values.put(name, change.after());
          }
        });
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
