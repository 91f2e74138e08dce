package io.rowstream.query.projections.current;

import io.rowstream.language.Value;
import io.rowstream.language.entity.EntityType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A page of the records of one entity type.
///
/// @param filter null for all
/// @param orders at most [Order#STEPS_MAX]; records they leave equal follow each other by id
/// @param after where the page before ended; null for the first page
/// @param limit 1 to [#PAGE_SIZE_MAX] records
/// @param counted whether all records that match are counted
/// @param expansions what is read together with the records
public record PageQuery(
    EntityType type,
    @Nullable Filter filter,
    List<Order> orders,
    @Nullable After after,
    int limit,
    boolean counted,
    List<RelatedQuery> expansions) {

  /// The most records on one page, as Dataverse has it.
  public static final int PAGE_SIZE_MAX = 5_000;

  public PageQuery {
    orders = List.copyOf(orders);
    expansions = List.copyOf(expansions);
    if (orders.size() > Order.STEPS_MAX) {
      throw new BadQueryException("an order has at most " + Order.STEPS_MAX + " steps");
    }
    if (limit < 1 || limit > PAGE_SIZE_MAX) {
      throw new BadQueryException("a page has 1 to " + PAGE_SIZE_MAX + " records, not " + limit);
    }
    if (after != null && after.keys.size() != orders.size()) {
      throw new BadQueryException("the page before was of another order");
    }
  }

  /// A page by itself.
  public PageQuery(
      EntityType type,
      @Nullable Filter filter,
      List<Order> orders,
      @Nullable After after,
      int limit,
      boolean counted) {
    this(type, filter, orders, after, limit, counted, List.of());
  }

  /// The last record of a page: the next one goes on behind it, whatever has become of it.
  ///
  /// @param keys its values in the columns of the order, texts cut to what counts
  public record After(List<Value> keys, UUID id) {
    public After {
      keys = List.copyOf(keys);
    }
  }
}
