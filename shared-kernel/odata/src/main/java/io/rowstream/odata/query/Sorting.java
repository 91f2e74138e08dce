package io.rowstream.odata.query;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.ColumnPath;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.url.SortKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// One column a list is sorted by. A lookup is sorted by the name of the record it refers to.
///
/// @param otherwise where `column` has no value, the first of these that has one: a lookup may
///   refer to records of several entity types
public record Sorting(ColumnPath column, List<ColumnPath> otherwise, boolean descending) {
  public Sorting {
    otherwise = List.copyOf(otherwise);
  }

  /// Whether the records themselves have it all.
  boolean isOwn() {
    return otherwise.isEmpty() && column.hops().isEmpty();
  }

  static List<Sorting> of(List<SortKey> keys, Columns columns, EntityModel model) {
    var order = new ArrayList<Sorting>(keys.size());
    var seen = new HashSet<List<ColumnPath>>();
    for (SortKey key : keys) {
      var names = key.path().names();
      var route = ColumnPath.Route.of(names.subList(0, names.size() - 1), columns, model);
      List<ColumnPath> found = columns(route, names.getLast(), model);
      if (found.isEmpty() || !seen.add(found)) {
        throw BadRequest.query(
            "A list cannot be sorted by " + Quoted.of(key.path().text()) + ", or not twice.");
      }
      order.add(new Sorting(found.getFirst(), found.subList(1, found.size()), key.descending()));
    }
    return order;
  }

  /// @return none if there is no order in it
  private static List<ColumnPath> columns(ColumnPath.Route route, String name, EntityModel model) {
    ColumnPath.Hop hop = route.end().hop(name);
    if (hop != null) {
      return names(route, List.of(hop), model);
    }
    Column column = route.end().require(name);
    return switch (column) {
      case Column.LookupId(Attribute lookup) -> names(route, route.end().hops(lookup), model);
      case Column.Stamp stamp when stamp.type() instanceof AttributeType.Guid ->
          names(route, List.of(new ColumnPath.Hop(stamp, Column.Stamp.USERS)), model);
      case Column _ ->
          column.type() instanceof AttributeType.Memo
              ? List.of()
              : List.of(new ColumnPath(route.hops(), column));
    };
  }

  /// The primary names of the records that hops lead to.
  private static List<ColumnPath> names(
      ColumnPath.Route route, List<ColumnPath.Hop> hops, EntityModel model) {
    var names = new ArrayList<ColumnPath>(hops.size());
    for (ColumnPath.Hop hop : hops) {
      Columns target = model.ofType(hop.target());
      Column name = target == null ? null : target.find(target.entityType().primaryName());
      if (name != null && name.type() instanceof AttributeType.Text) {
        var way = new ArrayList<>(route.hops());
        way.add(hop);
        names.add(new ColumnPath(way, name));
      }
    }
    return names;
  }
}
