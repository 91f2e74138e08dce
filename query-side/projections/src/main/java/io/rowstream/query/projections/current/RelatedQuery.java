package io.rowstream.query.projections.current;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.EntityType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Related records that are read together with others.
///
/// @param type of the related records
/// @param filter null for all
/// @param limit of a collection, for each record it belongs to; 1 to [PageQuery#PAGE_SIZE_MAX]
/// @param nested what is read together with the related records
public record RelatedQuery(
    Link link,
    EntityType type,
    @Nullable Filter filter,
    List<Order> orders,
    int limit,
    List<RelatedQuery> nested) {

  /// The most related records one query reads, on all records of a page together.
  public static final int RECORDS_MAX = 20_000;

  /// How the related records are found.
  public sealed interface Link {

    /// The one record a lookup, or an own column with a user's id, refers to.
    record One(Column lookup) implements Link {}

    /// All records that refer to one by a lookup.
    record Many(Attribute lookup) implements Link {}
  }

  public RelatedQuery {
    orders = List.copyOf(orders);
    nested = List.copyOf(nested);
  }
}
