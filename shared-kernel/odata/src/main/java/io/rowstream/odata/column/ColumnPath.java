package io.rowstream.odata.column;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.url.PropertyPath;
import java.util.ArrayList;
import java.util.List;

/// A column of a record, or of one it refers to: `name`, `primarycontactid/fullname`.
///
/// @param hops the lookups that lead there, in order; none for a column of the record itself
public record ColumnPath(List<Hop> hops, Column column) {

  /// From a record to the one its lookup refers to, if that is of the entity type `target`.
  ///
  /// @param column a [Column.LookupId], or a [Column.Stamp] that holds a user's id
  public record Hop(Column column, String target) {}

  public ColumnPath {
    hops = List.copyOf(hops);
  }

  public static ColumnPath of(Column column) {
    return new ColumnPath(List.of(), column);
  }

  /// Where some lookups lead.
  ///
  /// @param end the columns of the records there
  public record Route(List<Hop> hops, Columns end) {
    public Route {
      hops = List.copyOf(hops);
    }

    /// Follows navigation properties of single value.
    ///
    /// @throws BadRequest if one of them does not exist
    public static Route of(List<String> names, Columns start, EntityModel model) {
      var hops = new ArrayList<Hop>(names.size());
      Columns at = start;
      for (String name : names) {
        Hop hop = at.hop(name);
        Columns next = hop == null ? null : model.ofType(hop.target());
        if (hop == null || next == null) {
          throw BadRequest.query(
              Quoted.of(name)
                  + " is not a navigation property of single value of "
                  + Quoted.of(at.entityType().name())
                  + ".");
        }
        hops.add(hop);
        at = next;
      }
      return new Route(hops, at);
    }
  }

  /// Resolves the names of a path.
  ///
  /// @throws BadRequest if one of them does not exist
  public static ColumnPath of(PropertyPath path, Columns start, EntityModel model) {
    var names = path.names();
    var route = Route.of(names.subList(0, names.size() - 1), start, model);
    return new ColumnPath(route.hops, route.end.require(names.getLast()));
  }

  /// As it stands in a query.
  public String wireName() {
    var text = new StringBuilder();
    for (Hop hop : hops) {
      text.append(hop.column.wireName()).append('/');
    }
    return text.append(column.wireName()).toString();
  }
}
