package io.rowstream.command.domain;

import io.rowstream.language.Change;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent;
import java.util.HashMap;
import java.util.Map;

/// What a record holds.
///
/// @param values none of them empty
/// @param exists false before the create and after a delete
public record RecordState(Map<String, Value> values, boolean exists) {

  public static final RecordState ABSENT = new RecordState(Map.of(), false);

  public Value value(String attribute) {
    return values.getOrDefault(attribute, Value.empty());
  }

  RecordState after(RecordEvent event) {
    return switch (event) {
      case RecordEvent.RecordCreated created -> new RecordState(created.values(), true);
      case RecordEvent.RecordDeleted _ -> ABSENT;
      case RecordEvent.RecordUpdated updated -> changed(updated.changes());
      case RecordEvent.RecordRestored restored -> changed(restored.changes());
    };
  }

  private RecordState changed(Map<String, Change> changes) {
    var next = new HashMap<>(values);
    changes.forEach((name, change) -> {
      if (change.after().isEmpty()) {
        next.remove(name);
      } else {
        next.put(name, change.after());
      }
    });
    return new RecordState(next, true);
  }

  /// What would change if `wanted` were set.
  Map<String, Change> changesTo(Map<String, Value> wanted) {
    var changes = new HashMap<String, Change>();
    wanted.forEach((name, after) -> {
      Value before = value(name);
      if (!before.equals(after)) {
        changes.put(name, new Change(before, after));
      }
    });
    return changes;
  }

  /// What would change if the record were to hold exactly the values of `other`.
  Map<String, Change> changesTo(RecordState other) {
    var wanted = new HashMap<>(other.values);
    values.keySet().forEach(name -> wanted.putIfAbsent(name, Value.empty()));
    return changesTo(wanted);
  }
}
