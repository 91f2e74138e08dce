package io.rowstream.query.projections.history;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a later version of a record has other than an earlier one. What changed in between and was
/// changed back is not in it.
///
/// @param deletedBefore whether the record was deleted at the earlier version
/// @param deletedAfter whether it was at the later one
/// @param attributes those that differ, by name
public record Difference(
    boolean deletedBefore, boolean deletedAfter, SortedMap<String, Attribute> attributes) {
  public Difference {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /// One attribute at both versions.
  ///
  /// @param last the last change of it between them
  public record Attribute(Value before, Value after, History.Entry last) {}

  /// Reads every event between two versions of a record that are there, `from` not above `to`.
  ///
  /// @throws io.rowstream.eventlog.LogUnreadableException if PostgreSQL did not answer
  public static Difference read(RecordLog log, RecordRef record, long from, long to) {
    var attributes = new TreeMap<String, Attribute>();
    boolean before = false;
    boolean after = false;
    try (var events = log.between(record, from - 1, to)) {
      for (LoggedEvent event : (Iterable<LoggedEvent>) events::iterator) {
        after = event.event() instanceof RecordDeleted;
        if (event.version() == from) {
          before = after;
        } else {
          add(attributes, History.entry(event));
        }
      }
    }
    attributes.values().removeIf(each -> each.before.equals(each.after));
    return new Difference(before, after, attributes);
  }

  private static void add(TreeMap<String, Attribute> attributes, History.Entry entry) {
    entry
        .changes()
        .forEach((name, change) ->
            attributes.merge(
                name,
                new Attribute(change.before(), change.after(), entry),
                (first, latest) -> new Attribute(first.before, latest.after, entry)));
  }
}
