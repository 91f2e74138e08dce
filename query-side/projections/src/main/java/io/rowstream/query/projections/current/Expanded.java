package io.rowstream.query.projections.current;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The related records of a page: for each expansion and each record, those that belong to it. For
/// one thread until it is complete.
public final class Expanded {
  private final Map<Expansion, Map<RecordRef, Related>> related = new HashMap<>();

  /// @param more whether there are more than were asked for
  public record Related(List<RecordState> records, boolean more) {
    private static final Related NONE = new Related(List.of(), false);

    public Related {
      records = List.copyOf(records);
    }
  }

  void put(Expansion expansion, Map<RecordRef, Related> found) {
    related.computeIfAbsent(expansion, _ -> new HashMap<>()).putAll(found);
  }

  /// What belongs to a record; a lookup has at most one.
  public Related of(Expansion expansion, RecordRef record) {
    return related.getOrDefault(expansion, Map.of()).getOrDefault(record, Related.NONE);
  }
}
