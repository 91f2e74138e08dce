package io.rowstream.query.push;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.query.eventfeed.EventFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// States folded from the whole log: slow, and true by construction.
record LogSnapshots(EventFeed feed) implements Snapshots {

  @Override
  public List<Item> page(WatchFilter filter, @Nullable RecordRef after, long position, int limit) {
    var states = statesAt(position);
    var items = new ArrayList<Item>();
    states.forEach((record, state) -> {
      boolean wanted = !state.deleted() && filter.selects(record);
      if (wanted && (after == null || record.compareTo(after) > 0) && items.size() < limit) {
        items.add(new Item(record, state.version(), state.values()));
      }
    });
    return items;
  }

  Map<RecordRef, RecordState> statesAt(long position) {
    Map<RecordRef, List<LoggedEvent>> events = new TreeMap<>();
    for (long at = 0; at < position; ) {
      var units = feed.unitsAfter(at, 1_000);
      for (var unit : units) {
        for (var event : unit.events()) {
          if (event.position() <= position) {
            events.computeIfAbsent(event.record(), _ -> new ArrayList<>()).add(event);
          }
        }
      }
      at = units.getLast().position();
    }
    Map<RecordRef, RecordState> states = new TreeMap<>();
    events.forEach((record, list) ->
        states.put(record, Objects.requireNonNull(RecordState.after(null, list).orElse(null))));
    return states;
  }
}
