package io.rowstream.language.event;

import io.rowstream.language.Change;
import io.rowstream.language.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What has happened to one record.
public sealed interface RecordEvent extends LogEvent {

  /// Every attribute whose value differs from before.
  Map<String, Change> changes();

  /// The attributes whose latest change the sender had not seen and wrote over.
  Set<String> overwrote();

  /// @param values none of them empty
  record RecordCreated(Map<String, Value> values) implements RecordEvent {
    public RecordCreated {
      values = Map.copyOf(values);
    }

    @Override
    public Map<String, Change> changes() {
      var changes = new HashMap<String, Change>();
      values.forEach((name, value) -> changes.put(name, new Change(Value.empty(), value)));
      return changes;
    }

    @Override
    public Set<String> overwrote() {
      return Set.of();
    }
  }

  /// @param merged whether the sender had not seen the version before, and nothing of it was
  ///   touched
  /// @param forced whether the sender overwrote without regard to the version
  record RecordUpdated(
      Map<String, Change> changes, boolean merged, boolean forced, Set<String> overwrote)
      implements RecordEvent {
    public RecordUpdated {
      changes = Map.copyOf(changes);
      overwrote = Set.copyOf(overwrote);
    }
  }

  /// @param values what the record held at its end
  record RecordDeleted(Map<String, Value> values, boolean forced, Set<String> overwrote)
      implements RecordEvent {
    public RecordDeleted {
      values = Map.copyOf(values);
      overwrote = Set.copyOf(overwrote);
    }

    @Override
    public Map<String, Change> changes() {
      var changes = new HashMap<String, Change>();
      values.forEach((name, value) -> changes.put(name, new Change(value, Value.empty())));
      return changes;
    }
  }

  /// The record is what it was at an earlier version.
  ///
  /// @param as the version whose values it has again
  record RecordRestored(Map<String, Change> changes, long as, boolean forced, Set<String> overwrote)
      implements RecordEvent {
    public RecordRestored {
      changes = Map.copyOf(changes);
      overwrote = Set.copyOf(overwrote);
    }
  }

  /// Whether the sender overwrote without regard to the version.
  default boolean isForced() {
    return switch (this) {
      case RecordCreated _ -> false;
      case RecordUpdated updated -> updated.forced();
      case RecordDeleted deleted -> deleted.forced();
      case RecordRestored restored -> restored.forced();
    };
  }

  /// Whether the sender's stale command was applied because it was disjoint from what it had
  /// missed.
  default boolean isMerged() {
    return this instanceof RecordUpdated updated && updated.merged();
  }
}
