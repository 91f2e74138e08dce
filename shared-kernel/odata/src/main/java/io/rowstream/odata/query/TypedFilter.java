package io.rowstream.odata.query;

import io.rowstream.language.Value;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.url.Comparator;
import io.rowstream.odata.url.Filter;
import io.rowstream.odata.url.TextFunction;
import java.util.List;

/// A condition on records of one entity type: columns exist, values are of their types.
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
  record Compare(Column column, Comparator comparator, Value value) implements TypedFilter {}

  record IsEmpty(Column column) implements TypedFilter {}

  /// The column holds one of `values`, none of them empty.
  record OneOf(Column column, List<Value> values) implements TypedFilter {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /// @param part where `%`, `_` and `[…]` are wildcards, as Dataverse has it
  record TextMatch(Column column, TextFunction function, String part) implements TypedFilter {}

  /// Checks a filter against an entity type.
  ///
  /// @throws io.rowstream.odata.BadRequest if a name is unknown or a type does not fit
  static TypedFilter of(Filter filter, Columns columns) {
    return new FilterTyping(columns).typed(filter);
  }
}
