package io.rowstream.query.projections.current;

import io.rowstream.language.entity.EntityType;
import org.jspecify.annotations.Nullable;

/// A page of the records of one entity type that have changed after a position, each once, by the
/// position of its latest change.
///
/// @param filter null for all
/// @param after exclusive
/// @param until inclusive; a record that has changed after it is left to a later query. Null for
///   where the current records stand
/// @param limit 1 to [PageQuery#PAGE_SIZE_MAX] records
/// @param eventsMax events of any entity type looked at, 1 or more; a page ends there
public record ChangesQuery(
    EntityType type,
    @Nullable Filter filter,
    long after,
    @Nullable Long until,
    int limit,
    int eventsMax) {
  public ChangesQuery {
    if (limit < 1 || limit > PageQuery.PAGE_SIZE_MAX) {
      throw new BadQueryException(
          "a page has 1 to " + PageQuery.PAGE_SIZE_MAX + " records, not " + limit);
    }
    if (eventsMax < 1) {
      throw new IllegalArgumentException("a page looks at 1 event at least, not " + eventsMax);
    }
  }
}
