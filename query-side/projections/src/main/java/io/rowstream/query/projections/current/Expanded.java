package io.rowstream.query.projections.current;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The related records of a page: for each query, the very object that was run, and each record,
/// those that belong to it. For one thread until it is complete.
public final class Expanded {
  // By identity: a query holds whole entity types, and is asked for with every record.
  private final IdentityHashMap<RelatedQuery, Map<RecordRef, Related>> related =
      new IdentityHashMap<>();

  /// @param more whether there are more than were asked for
  public record Related(List<RecordState> records, boolean more) {
    private static final Related NONE = new Related(List.of(), false);

    public Related {
      records = List.copyOf(records);
    }
  }

  void put(RelatedQuery query, Map<RecordRef, Related> found) {
    related.computeIfAbsent(query, _ -> new HashMap<>()).putAll(found);
  }

  /// What belongs to a record; a lookup has at most one.
  public Related of(RelatedQuery query, RecordRef record) {
    return related.getOrDefault(query, Map.of()).getOrDefault(record, Related.NONE);
  }
}
