package io.rowstream.odata.query;

import io.rowstream.language.Value;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.ColumnPath;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.url.Comparator;
import io.rowstream.odata.url.Filter;
import io.rowstream.odata.url.Literal;
import io.rowstream.odata.url.Operand;
import io.rowstream.odata.url.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resolves the names of a filter and gives its literals the types of their columns.
///
/// @param variable what every path begins with inside a lambda; null outside
record FilterTyping(Columns columns, QueryContext context, @Nullable String variable) {

  TypedFilter typed(Filter filter) {
    return switch (filter) {
      case Filter.And(var members) -> new TypedFilter.All(typed(members));
      case Filter.Or(var members) -> new TypedFilter.Any(typed(members));
      case Filter.Not(var member) -> new TypedFilter.Not(typed(member));
      case Filter.Comparison comparison -> compare(comparison);
      case Filter.In in -> oneOf(in);
      case Filter.TextMatch match -> textMatch(match);
      case Filter.Lambda lambda -> lambda(lambda);
      case Filter.Call call -> new FunctionTyping(call, about(call), context).typed();
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

  static TypedFilter compare(ColumnPath path, Comparator comparator, Literal literal) {
    boolean equality = comparator == Comparator.EQ || comparator == Comparator.NE;
    if (literal instanceof Literal.Null) {
      if (!equality) {
        throw BadRequest.query("null can be compared with eq and ne only.");
      }
      var empty = new TypedFilter.IsEmpty(path);
      return comparator == Comparator.EQ ? empty : new TypedFilter.Not(empty);
    }
    Column column = path.column();
    if (!equality && !hasOrder(column.type())) {
      throw BadRequest.query(
          Quoted.of(column.wireName()) + " can be compared with eq, ne and in only.");
    }
    return new TypedFilter.Compare(path, comparator, LiteralTyping.value(column, literal));
  }

  private TypedFilter oneOf(Filter.In in) {
    return oneOf(column(in.path()), in.values());
  }

  static TypedFilter oneOf(ColumnPath path, List<Literal> literals) {
    var values = new ArrayList<Value>(literals.size());
    boolean orEmpty = false;
    for (Literal literal : literals) {
      if (literal instanceof Literal.Null) {
        orEmpty = true;
      } else {
        values.add(LiteralTyping.value(path.column(), literal));
      }
    }
    if (values.isEmpty()) {
      return new TypedFilter.IsEmpty(path);
    }
    var oneOf = new TypedFilter.OneOf(path, values);
    return orEmpty ? new TypedFilter.Any(List.of(oneOf, new TypedFilter.IsEmpty(path))) : oneOf;
  }

  private TypedFilter textMatch(Filter.TextMatch match) {
    ColumnPath path = column(match.whole());
    if (!isText(path.column().type()) || !(match.part() instanceof Literal.Text(String part))) {
      throw BadRequest.query(
          match.function().text() + " takes a text property and a text in single quotes.");
    }
    return new TypedFilter.TextMatch(path, match.function(), part);
  }

  /// All of them match if there is none that does not.
  private TypedFilter lambda(Filter.Lambda lambda) {
    var names = inScope(lambda.collection());
    var route = ColumnPath.Route.of(names.subList(0, names.size() - 1), columns, context.model());
    String target = route.end().entityType().name();
    var collection = context.model().collection(target, names.getLast());
    if (collection == null) {
      throw BadRequest.query(
          Quoted.of(names.getLast()) + " is not a collection of " + Quoted.of(target) + ".");
    }
    Filter condition = lambda.condition();
    if (condition == null) {
      return new TypedFilter.Exists(route.hops(), target, collection, null);
    }
    var within =
        new FilterTyping(collection.columns(), context, lambda.variable()).typed(condition);
    return lambda.every()
        ? new TypedFilter.Not(
            new TypedFilter.Exists(route.hops(), target, collection, new TypedFilter.Not(within)))
        : new TypedFilter.Exists(route.hops(), target, collection, within);
  }

  private ColumnPath column(Operand operand) {
    return switch (operand) {
      case PropertyPath path ->
          ColumnPath.of(new PropertyPath(inScope(path)), columns, context.model());
      case Literal _ -> throw BadRequest.query("Two values cannot be compared with each other.");
    };
  }

  /// Functions know a lookup by the name of its column or of its attribute: `ownerid`.
  private ColumnPath about(Filter.Call call) {
    var names = inScope(call.property());
    var route = ColumnPath.Route.of(names.subList(0, names.size() - 1), columns, context.model());
    Column lookup = route.end().find(Column.LookupId.wireName(names.getLast()));
    return new ColumnPath(
        route.hops(), lookup == null ? route.end().require(names.getLast()) : lookup);
  }

  /// The names of a path without the variable.
  private List<String> inScope(PropertyPath path) {
    var names = path.names();
    if (variable == null) {
      return names;
    }
    if (names.size() < 2 || !names.getFirst().equals(variable)) {
      throw BadRequest.query(
          Quoted.of(path.text()) + " does not begin with " + Quoted.of(variable + "/") + ".");
    }
    return names.subList(1, names.size());
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
