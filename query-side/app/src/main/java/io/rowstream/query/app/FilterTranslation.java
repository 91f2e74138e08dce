package io.rowstream.query.app;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.odata.column.ColumnPath;
import io.rowstream.odata.query.Sorting;
import io.rowstream.odata.query.TypedFilter;
import io.rowstream.odata.url.Comparator;
import io.rowstream.odata.url.TextFunction;
import io.rowstream.query.projections.current.Column;
import io.rowstream.query.projections.current.Filter;
import io.rowstream.query.projections.current.Filter.Comparison;
import io.rowstream.query.projections.current.Order;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The dialect's filters in the words of the projection, which knows nothing of the dialect.
final class FilterTranslation {

  private FilterTranslation() {}

  static Filter filter(TypedFilter filter) {
    return switch (filter) {
      case TypedFilter.All(var members) ->
          new Filter.And(members.stream().map(FilterTranslation::filter).toList());
      case TypedFilter.Any(var members) ->
          new Filter.Or(members.stream().map(FilterTranslation::filter).toList());
      case TypedFilter.Not(var member) -> new Filter.Not(filter(member));
      case TypedFilter.Compare(var column, var comparator, var value) ->
          new Filter.Compare(column(column), comparison(comparator), value);
      case TypedFilter.IsEmpty(var column) ->
          new Filter.Compare(column(column), Comparison.EQUAL, Value.empty());
      case TypedFilter.OneOf(var column, var values) -> new Filter.AnyOf(column(column), values);
      case TypedFilter.TextMatch(var column, var function, var part) ->
          new Filter.Matches(column(column), part(function), part);
      case TypedFilter.Exists exists -> exists(exists);
    };
  }

  private static Filter exists(TypedFilter.Exists exists) {
    var condition = exists.condition();
    var lookup = exists.collection().lookup();
    return new Filter.Exists(
        hops(exists.hops()),
        exists.target(),
        exists.collection().columns().entityType(),
        lookup,
        condition == null ? null : filter(condition));
  }

  /// The records whose lookup refers to one.
  static Filter refers(Attribute lookup, RecordRef target) {
    return new Filter.Compare(new Column.Of(lookup), Comparison.EQUAL, new Value.Guid(target.id()));
  }

  /// @param among null for all
  /// @param filter null for all
  /// @return null for all
  static @Nullable Filter both(@Nullable Filter among, @Nullable TypedFilter filter) {
    if (filter == null) {
      return among;
    }
    Filter translated = filter(filter);
    return among == null ? translated : new Filter.And(List.of(among, translated));
  }

  static Column column(ColumnPath path) {
    Column column = column(path.column());
    return path.hops().isEmpty() ? column : new Column.Related(hops(path.hops()), column);
  }

  private static List<Column.Hop> hops(List<ColumnPath.Hop> hops) {
    return hops.stream().map(hop -> new Column.Hop(column(hop.column()), hop.target())).toList();
  }

  static List<Order> orders(List<Sorting> sorting) {
    return sorting.stream().map(each -> new Order(column(each), each.descending())).toList();
  }

  private static Column column(Sorting sorting) {
    if (sorting.otherwise().isEmpty()) {
      return column(sorting.column());
    }
    var columns =
        Stream.concat(Stream.of(sorting.column()), sorting.otherwise().stream())
            .map(path -> new Column.Related(hops(path.hops()), column(path.column())))
            .toList();
    return new Column.FirstOf(columns);
  }

  static Column column(io.rowstream.odata.column.Column column) {
    return switch (column) {
      case io.rowstream.odata.column.Column.Plain(var attribute) -> new Column.Of(attribute);
      case io.rowstream.odata.column.Column.LookupId(var attribute) -> new Column.Of(attribute);
      case io.rowstream.odata.column.Column.PrimaryId _ -> Column.Own.ID;
      case io.rowstream.odata.column.Column.Stamp stamp ->
          switch (stamp) {
            case CREATED_ON -> Column.Own.CREATED_ON;
            case CREATED_BY -> Column.Own.CREATED_BY;
            case MODIFIED_ON -> Column.Own.MODIFIED_ON;
            case MODIFIED_BY -> Column.Own.MODIFIED_BY;
            case VERSION_NUMBER -> Column.Own.VERSION;
          };
    };
  }

  private static Comparison comparison(Comparator comparator) {
    return switch (comparator) {
      case EQ -> Comparison.EQUAL;
      case NE -> Comparison.DIFFERENT;
      case GT -> Comparison.AFTER;
      case GE -> Comparison.AFTER_OR_EQUAL;
      case LT -> Comparison.BEFORE;
      case LE -> Comparison.BEFORE_OR_EQUAL;
    };
  }

  private static Filter.Part part(TextFunction function) {
    return switch (function) {
      case CONTAINS -> Filter.Part.ANYWHERE;
      case STARTS_WITH -> Filter.Part.START;
      case ENDS_WITH -> Filter.Part.END;
    };
  }
}
