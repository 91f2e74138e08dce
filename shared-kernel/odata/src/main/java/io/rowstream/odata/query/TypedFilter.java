package io.rowstream.odata.query;

import io.rowstream.language.Value;
import io.rowstream.odata.column.ColumnPath;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.url.Comparator;
import io.rowstream.odata.url.Filter;
import io.rowstream.odata.url.TextFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A condition on records of one entity type: columns and collections exist, values are of their
/// types.
///
/// Every condition is true or false, never unknown: an empty column equals nothing, differs from
/// every value, and is neither above nor below one; [Not] turns false into true. Text is compared
/// without regard to case.
public sealed interface TypedFilter {

  /// @param members two or more
  record All(List<TypedFilter> members) implements TypedFilter {
    public All {
      members = List.copyOf(members);
    }
  }

  /// @param members two or more
  record Any(List<TypedFilter> members) implements TypedFilter {
    public Any {
      members = List.copyOf(members);
    }
  }

  record Not(TypedFilter member) implements TypedFilter {}

  /// @param value not empty; a [Value.Guid] when the column is a lookup
  record Compare(ColumnPath column, Comparator comparator, Value value) implements TypedFilter {}

  record IsEmpty(ColumnPath column) implements TypedFilter {}

  /// The column holds one of `values`, none of them empty.
  record OneOf(ColumnPath column, List<Value> values) implements TypedFilter {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /// @param part where `%`, `_` and `[…]` are wildcards, as Dataverse has it
  record TextMatch(ColumnPath column, TextFunction function, String part) implements TypedFilter {}

  /// A record of the collection matches `condition`.
  ///
  /// @param hops lead to the record whose collection it is; none for the listed record itself
  /// @param target the entity type of that record
  /// @param condition null for any record at all
  record Exists(
      List<ColumnPath.Hop> hops,
      String target,
      EntityModel.Collection collection,
      @Nullable TypedFilter condition)
      implements TypedFilter {
    public Exists {
      hops = List.copyOf(hops);
    }
  }

  /// Checks a filter against an entity type.
  ///
  /// @throws io.rowstream.odata.BadRequest if a name is unknown or a type does not fit
  static TypedFilter of(Filter filter, Columns columns, QueryContext context) {
    return new FilterTyping(columns, context, null).typed(filter);
  }
}
