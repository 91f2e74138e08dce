package io.rowstream.query.projections.current;

import io.rowstream.eventlog.RecordState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some records in order, and where the projection stood when they were read.
///
/// @param position of the last event the page takes into account
/// @param count of all records that match; null when it was not asked for
/// @param next where the next page goes on; null on the last page
/// @param expanded of the same moment
public record Page(
    List<RecordState> records,
    long position,
    @Nullable Long count,
    PageQuery.@Nullable After next,
    Expanded expanded) {
  public Page {
    records = List.copyOf(records);
  }

  /// The place of a record in an order of its own columns.
  public static PageQuery.After after(RecordState record, List<Order> orders) {
    var keys = orders.stream().map(order -> ColumnSql.key(order.column(), record)).toList();
    return new PageQuery.After(keys, record.record().id());
  }

  /// How many records match, as of a position.
  public record Count(long count, long position) {}
}
