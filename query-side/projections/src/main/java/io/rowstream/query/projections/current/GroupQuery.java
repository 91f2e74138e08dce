package io.rowstream.query.projections.current;

import io.rowstream.language.Value;
import io.rowstream.language.entity.EntityType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups of the records of one entity type, in the order of what they agree in.
///
/// @param filter null for all records
/// @param keys what the records of a group agree in, texts without regard to case; none for one
///   group of all
/// @param after the keys of the last group of the page before; null for the first page
/// @param limit 1 to [PageQuery#PAGE_SIZE_MAX] groups
public record GroupQuery(
    EntityType type,
    @Nullable Filter filter,
    List<Column> keys,
    List<Aggregate> aggregates,
    @Nullable List<Value> after,
    int limit) {

  /// The most groups a query may make, on all pages together.
  public static final int GROUPS_MAX = 50_000;

  /// @param column null for the number of records
  public record Aggregate(Function function, @Nullable Column column) {}

  /// How the values of a group become one; those that are missing do not count.
  public enum Function {
    COUNT,
    COUNT_DISTINCT,
    SUM,
    /// Rounded to [GroupSql#AVERAGE_SCALE] digits.
    AVERAGE,
    MIN,
    MAX
  }

  public GroupQuery {
    keys = List.copyOf(keys);
    aggregates = List.copyOf(aggregates);
    after = after == null ? null : List.copyOf(after);
    if (limit < 1 || limit > PageQuery.PAGE_SIZE_MAX) {
      throw new BadQueryException(
          "a page has 1 to " + PageQuery.PAGE_SIZE_MAX + " groups, not " + limit);
    }
    if (after != null && after.size() != keys.size()) {
      throw new BadQueryException("the page before was of other groups");
    }
  }
}
