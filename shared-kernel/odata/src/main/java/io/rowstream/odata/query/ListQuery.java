package io.rowstream.odata.query;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.url.QueryOptions;
import io.rowstream.odata.url.SortKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Which records of one entity type are wanted, what of them, and in what order.
///
/// @param select what of each record; the primary id is among them
/// @param filter null for every record
/// @param order may be empty; records that are equal in it are ordered by id
/// @param top the most records wanted over all pages; null when not said
/// @param after where the page before ended; null for the first page
/// @param fingerprint differs for queries that differ in set, filter or order
public record ListQuery(
    Columns columns,
    List<Column> select,
    @Nullable TypedFilter filter,
    List<Sorting> order,
    @Nullable Integer top,
    boolean count,
    List<Expansion> expansions,
    @Nullable SkipToken after,
    int fingerprint) {

  public ListQuery {
    select = List.copyOf(select);
    order = List.copyOf(order);
    expansions = List.copyOf(expansions);
  }

  /// Checks the options of a URL against an entity type.
  ///
  /// @throws BadRequest if a name is unknown, a type does not fit or the skip token is not one of
  ///   this query
  public static ListQuery of(Columns columns, QueryContext context, QueryOptions options) {
    if (options.asOf() != null) {
      throw BadRequest.query(
          "rowstream.version and rowstream.at are for single records, not for lists.");
    }
    if (options.apply() != null) {
      throw BadRequest.query("$apply makes groups, and here records are wanted.");
    }
    List<Column> select = columns.select(options.select());
    var filter =
        options.filter() == null ? null : TypedFilter.of(options.filter(), columns, context);
    List<Sorting> order = Sorting.of(options.orderBy(), columns, context.model());
    int fingerprint = fingerprint(columns, options);
    SkipToken after =
        options.skipToken() == null
            ? null
            : SkipToken.open(options.skipToken(), order, fingerprint);
    return new ListQuery(
        columns,
        select,
        filter,
        order,
        options.top(),
        options.count(),
        Expansion.of(options.expand(), columns, context),
        after,
        fingerprint);
  }

  private static int fingerprint(Columns columns, QueryOptions options) {
    var text = new StringBuilder(columns.entityType().name());
    if (options.filter() != null) {
      text.append('?').append(options.filter().text());
    }
    for (SortKey key : options.orderBy()) {
      text.append('&').append(key.text());
    }
    var sum = new CRC32();
    sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
    return (int) sum.getValue();
  }
}
