package io.rowstream.query.push;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What records were at a position of the log: the state a watch begins with.
public interface Snapshots {

  /// The records the filter selects that existed when the log ended at `position`, as they were
  /// then, in an order that never changes; fewer than `limit` only if there are no more. The caller
  /// waits.
  ///
  /// @param after the last record of the page before; null for the first page
  /// @throws LogUnreadableException if they cannot be read now; the caller tries again later
  List<Item> page(WatchFilter filter, @Nullable RecordRef after, long position, int limit);

  /// One record.
  record Item(RecordRef record, long rowVersion, Map<String, Value> values) {
    public Item {
      values = Map.copyOf(values);
    }
  }
}
