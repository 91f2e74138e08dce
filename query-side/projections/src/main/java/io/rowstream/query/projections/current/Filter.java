package io.rowstream.query.projections.current;

import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.EntityType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which records a list shows. Every filter is true or false of a record, never unknown, so that
/// [Not] shows exactly the others.
///
/// Texts are compared without regard to case.
public sealed interface Filter {

  /// All of them hold; none is true.
  record And(List<Filter> filters) implements Filter {
    public And {
      filters = List.copyOf(filters);
    }
  }

  /// At least one of them holds; none is false.
  record Or(List<Filter> filters) implements Filter {
    public Or {
      filters = List.copyOf(filters);
    }
  }

  record Not(Filter filter) implements Filter {}

  /// Compares with a value of the column's type; a lookup is compared with a [Value.Guid].
  ///
  /// Without a value a record is equal to [Value.Empty] only, different from everything else, and
  /// neither before nor after anything.
  record Compare(Column column, Comparison comparison, Value value) implements Filter {}

  enum Comparison {
    EQUAL,
    DIFFERENT,
    BEFORE,
    BEFORE_OR_EQUAL,
    AFTER,
    AFTER_OR_EQUAL
  }

  /// The column's value is one of them.
  record AnyOf(Column column, List<Value> values) implements Filter {
    public AnyOf {
      values = List.copyOf(values);
    }
  }

  /// A record that refers to this one matches `condition`.
  ///
  /// @param hops lead to the record that is referred to; none for the listed record itself
  /// @param target the entity type of the record that is referred to
  /// @param referring the entity type of those that refer
  /// @param lookup by which they refer
  /// @param condition null for any record at all
  record Exists(
      List<Column.Hop> hops,
      String target,
      EntityType referring,
      Attribute lookup,
      @Nullable Filter condition)
      implements Filter {
    public Exists {
      hops = List.copyOf(hops);
    }
  }

  /// The text holds `pattern`, in which, as in Dataverse, `%` is any text, `_` any character and
  /// `[a-f]` or `[^a-f]` one character of or not of a set; `[%]` is a plain `%`.
  record Matches(Column column, Part part, String pattern) implements Filter {}

  /// Where in a text a pattern has to be found.
  enum Part {
    ANYWHERE,
    START,
    END
  }
}
