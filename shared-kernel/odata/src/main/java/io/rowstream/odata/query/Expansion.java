package io.rowstream.odata.query;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.ColumnPath;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.url.Expand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Related records that are shown within a record.
///
/// @param property what they are called there
/// @param asked as it was written
/// @param columns of the related records
/// @param select what of each; the primary id is among them
/// @param order may be empty; records that are equal in it are ordered by id
/// @param top null when not said
public record Expansion(
    String property,
    Expand asked,
    Link link,
    Columns columns,
    List<Column> select,
    @Nullable TypedFilter filter,
    List<Sorting> order,
    @Nullable Integer top,
    List<Expansion> nested) {

  /// How the related records are found.
  public sealed interface Link {

    /// The one record a lookup refers to.
    record One(ColumnPath.Hop hop) implements Link {}

    /// All records that refer to this one.
    ///
    /// @param target the entity type of this one
    record Many(String target, EntityModel.Collection collection) implements Link {}
  }

  public Expansion {
    select = List.copyOf(select);
    order = List.copyOf(order);
    nested = List.copyOf(nested);
  }

  /// Checks `$expand` against an entity type.
  ///
  /// @throws BadRequest if a name is unknown, a type does not fit or an option does not
  public static List<Expansion> of(List<Expand> expands, Columns columns, QueryContext context) {
    return expands.stream().map(expand -> of(expand, columns, context)).toList();
  }

  private static Expansion of(Expand expand, Columns columns, QueryContext context) {
    String name = expand.property();
    var hop = columns.hop(name);
    Columns target = hop == null ? null : context.model().ofType(hop.target());
    if (hop != null && target != null) {
      if (expand.filter() != null || !expand.orderBy().isEmpty() || expand.top() != null) {
        throw BadRequest.query(
            Quoted.of(name) + " is one record: it takes $select and $expand only.");
      }
      return of(expand, new Link.One(hop), target, context);
    }
    String type = columns.entityType().name();
    var collection = context.model().collection(type, name);
    if (collection == null) {
      throw BadRequest.query(
          "Could not find a navigation property named "
              + Quoted.of(name)
              + " on type 'Microsoft.Dynamics.CRM."
              + type
              + "'.");
    }
    return of(expand, new Link.Many(type, collection), collection.columns(), context);
  }

  private static Expansion of(Expand expand, Link link, Columns related, QueryContext context) {
    List<Sorting> order = Sorting.of(expand.orderBy(), related, context.model());
    if (order.stream().anyMatch(each -> !each.isOwn())) {
      throw BadRequest.query(
          "Within $expand, $orderby takes properties of the records themselves.");
    }
    return new Expansion(
        expand.property(),
        expand,
        link,
        related,
        related.select(expand.select()),
        expand.filter() == null ? null : TypedFilter.of(expand.filter(), related, context),
        order,
        expand.top(),
        of(expand.nested(), related, context));
  }
}
