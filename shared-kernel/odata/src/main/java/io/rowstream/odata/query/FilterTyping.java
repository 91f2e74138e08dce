package io.rowstream.odata.query;

import io.rowstream.language.Value;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.url.Comparator;
import io.rowstream.odata.url.Filter;
import io.rowstream.odata.url.Literal;
import io.rowstream.odata.url.Operand;
import io.rowstream.odata.url.PropertyPath;
import java.util.ArrayList;
import java.util.List;

/// Resolves the names of a filter and gives its literals the types of their columns.
final class FilterTyping {
  private final Columns columns;

  FilterTyping(Columns columns) {
    this.columns = columns;
  }

  TypedFilter typed(Filter filter) {
    return switch (filter) {
      case Filter.And(var members) -> new TypedFilter.All(typed(members));
      case Filter.Or(var members) -> new TypedFilter.Any(typed(members));
      case Filter.Not(var member) -> new TypedFilter.Not(typed(member));
      case Filter.Comparison comparison -> compare(comparison);
      case Filter.In in -> oneOf(in);
      case Filter.TextMatch match -> textMatch(match);
    };
  }

  private List<TypedFilter> typed(List<Filter> members) {
    return members.stream().map(this::typed).toList();
  }

  private TypedFilter compare(Filter.Comparison comparison) {
    return switch (comparison.left()) {
      case PropertyPath path ->
          compare(column(path), comparison.comparator(), literal(comparison.right()));
      case Literal literal ->
          compare(column(comparison.right()), comparison.comparator().mirrored(), literal);
    };
  }

  private TypedFilter compare(Column column, Comparator comparator, Literal literal) {
    boolean equality = comparator == Comparator.EQ || comparator == Comparator.NE;
    if (literal instanceof Literal.Null) {
      if (!equality) {
        throw BadRequest.query("null can be compared with eq and ne only.");
      }
      var empty = new TypedFilter.IsEmpty(column);
      return comparator == Comparator.EQ ? empty : new TypedFilter.Not(empty);
    }
    if (!equality && !hasOrder(column.type())) {
      throw BadRequest.query(
          Quoted.of(column.wireName()) + " can be compared with eq, ne and in only.");
    }
    return new TypedFilter.Compare(column, comparator, LiteralTyping.value(column, literal));
  }

  private TypedFilter oneOf(Filter.In in) {
    Column column = column(in.path());
    var values = new ArrayList<Value>(in.values().size());
    boolean orEmpty = false;
    for (Literal literal : in.values()) {
      if (literal instanceof Literal.Null) {
        orEmpty = true;
      } else {
        values.add(LiteralTyping.value(column, literal));
      }
    }
    if (values.isEmpty()) {
      return new TypedFilter.IsEmpty(column);
    }
    var oneOf = new TypedFilter.OneOf(column, values);
    return orEmpty ? new TypedFilter.Any(List.of(oneOf, new TypedFilter.IsEmpty(column))) : oneOf;
  }

  private TypedFilter textMatch(Filter.TextMatch match) {
    Column column = column(match.whole());
    if (!isText(column.type()) || !(match.part() instanceof Literal.Text(String part))) {
      throw BadRequest.query(
          match.function().text() + " takes a text property and a text in single quotes.");
    }
    return new TypedFilter.TextMatch(column, match.function(), part);
  }

  private Column column(Operand operand) {
    return switch (operand) {
      case PropertyPath path -> column(path);
      case Literal _ -> throw BadRequest.query("Two values cannot be compared with each other.");
    };
  }

  private Column column(PropertyPath path) {
    return columns.require(singleName(path));
  }

  static String singleName(PropertyPath path) {
    if (path.names().size() > 1) {
      throw BadRequest.query(
          "Paths through lookups are not supported: " + Quoted.of(path.text()) + ".");
    }
    return path.names().getFirst();
  }

  private static Literal literal(Operand operand) {
    return switch (operand) {
      case Literal literal -> literal;
      case PropertyPath path ->
          throw BadRequest.query(
              "A property is compared with a value, not with " + Quoted.of(path.text()) + ".");
    };
  }

  private static boolean hasOrder(AttributeType type) {
    return !(type instanceof AttributeType.YesNo || type instanceof AttributeType.Lookup);
  }

  private static boolean isText(AttributeType type) {
    return type instanceof AttributeType.Text || type instanceof AttributeType.Memo;
  }
}
