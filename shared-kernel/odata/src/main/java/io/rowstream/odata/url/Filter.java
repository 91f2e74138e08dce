package io.rowstream.odata.url;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The condition in `$filter`, as it was written: its names and types are not yet checked.
public sealed interface Filter {

  /// The longest filter, in characters after decoding.
  int LENGTH_MAX = 16 * 1024;

  /// How deep parentheses and `not` may nest.
  int DEPTH_MAX = 50;

  /// The most comparisons, functions and values of `in` in one filter.
  int TERMS_MAX = 500;

  /// The most values of one [Call].
  int VALUES_MAX = 1_000;

  /// @param members two or more
  record And(List<Filter> members) implements Filter {
    public And {
      members = List.copyOf(members);
    }
  }

  /// @param members two or more
  record Or(List<Filter> members) implements Filter {
    public Or {
      members = List.copyOf(members);
    }
  }

  record Not(Filter member) implements Filter {}

  record Comparison(Comparator comparator, Operand left, Operand right) implements Filter {}

  /// `contains(name,'x')`
  record TextMatch(TextFunction function, Operand whole, Operand part) implements Filter {}

  /// `statecode in (0,1)`
  ///
  /// @param values one or more
  record In(PropertyPath path, List<Literal> values) implements Filter {
    public In {
      values = List.copyOf(values);
    }
  }

  /// `contact_customer_accounts/any(c:c/firstname eq 'Bea')`
  ///
  /// @param collection the path to the collection
  /// @param every whether all of its records are meant, rather than any
  /// @param variable what a record of it is called in the condition
  /// @param condition null when it is enough that there is a record; never null for `all`
  record Lambda(PropertyPath collection, boolean every, String variable, @Nullable Filter condition)
      implements Filter {}

  /// `Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=7)`
  ///
  /// @param function without its namespace
  /// @param value what `PropertyValue` says; null when it is not there
  /// @param values what `PropertyValues` says, one or more; null when it is not there
  record Call(
      String function,
      PropertyPath property,
      @Nullable Literal value,
      @Nullable List<Literal> values)
      implements Filter {
    public Call {
      values = values == null ? null : List.copyOf(values);
    }
  }

  /// Reads a decoded filter.
  ///
  /// @throws io.rowstream.odata.BadRequest if it is malformed, too large or uses what is not
  ///   supported
  static Filter parse(String text) {
    return FilterParser.parse(text, new Aliases());
  }

  /// A text that parses to this filter. The same filter has the same text, however it was spaced.
  default String text() {
    return FilterText.of(this);
  }
}
