package io.rowstream.command.domain;

import io.rowstream.language.Value;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes the numbers all creates of a change set need when the first of them needs one. Not
/// thread-safe.
final class NumbersOfChangeSet implements RunningNumbers {
  private final RunningNumbers numbers;
  private final List<RecordCommand> members;
  private final Map<String, Taken> taken = new HashMap<>();

  /// @param next the first that is still to be given
  /// @param end the first that is not
  private record Taken(long next, long end) {}

  NumbersOfChangeSet(RunningNumbers numbers, List<RecordCommand> members) {
    this.numbers = numbers;
    this.members = members;
  }

  @Override
  public long take(String entityType, String attribute, int count) {
    String name = entityType + "/" + attribute;
    Taken left = taken.get(name);
    if (left == null) {
      int needed = Math.max(count, creates(entityType, attribute));
      long first = numbers.take(entityType, attribute, needed);
      left = new Taken(first, first + needed);
    }
    if (left.next() + count > left.end()) {
      return numbers.take(entityType, attribute, count);
    }
    taken.put(name, new Taken(left.next() + count, left.end()));
    return left.next();
  }

  private int creates(String entityType, String attribute) {
    int creates = 0;
    for (RecordCommand member : members) {
      if (member instanceof CreateRecord(var record, Map<String, Value> values)
          && record.entityType().equals(entityType)
          && values.getOrDefault(attribute, Value.empty()).isEmpty()) {
        creates++;
      }
    }
    return creates;
  }
}
