package io.rowstream.odata.query;

import io.rowstream.odata.text.GuidText;
import io.rowstream.odata.url.Expand;
import io.rowstream.odata.url.Filter;
import io.rowstream.odata.url.Literal;
import io.rowstream.odata.url.Operand;
import io.rowstream.odata.url.PropertyPath;
import io.rowstream.odata.url.QueryOptions;
import io.rowstream.odata.url.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A query in the words OData's grammar has for it, where Dataverse's dialect takes others too:
/// blanks are where they belong, guids without quotes, dates with a time, `not` before parentheses.
final class StrictText {

  private StrictText() {}

  static String of(QueryOptions options) {
    var text = options(options.select(), options.orderBy(), options.expand());
    if (options.filter() != null) {
      text.add("$filter=" + of(options.filter()));
    }
    if (options.top() != null) {
      text.add("$top=" + options.top());
    }
    if (options.count()) {
      text.add("$count=true");
    }
    return String.join("&", text);
  }

  private static List<String> options(
      List<String> select, List<SortKey> orderBy, List<Expand> expand) {
    var options = new ArrayList<String>();
    if (!select.isEmpty()) {
      options.add("$select=" + String.join(",", select));
    }
    if (!orderBy.isEmpty()) {
      options.add(
          "$orderby=" + orderBy.stream().map(SortKey::text).collect(Collectors.joining(",")));
    }
    if (!expand.isEmpty()) {
      options.add(
          "$expand=" + expand.stream().map(StrictText::of).collect(Collectors.joining(",")));
    }
    return options;
  }

  private static String of(Expand expand) {
    var options = options(expand.select(), expand.orderBy(), expand.nested());
    if (expand.filter() != null) {
      options.add("$filter=" + of(expand.filter()));
    }
    if (expand.top() != null) {
      options.add("$top=" + expand.top());
    }
    return expand.property() + (options.isEmpty() ? "" : "(" + String.join(";", options) + ")");
  }

  private static String of(Filter filter) {
    return switch (filter) {
      case Filter.And(var members) -> chain(members, " and ");
      case Filter.Or(var members) -> chain(members, " or ");
      case Filter.Not(var member) -> "not (" + of(member) + ")";
      case Filter.Comparison(var comparator, var left, var right) ->
          of(left, right) + " " + comparator.text() + " " + of(right, left);
      case Filter.In(var path, var values) ->
          values.stream()
              .map(value -> of(value, path))
              .collect(Collectors.joining(",", path.text() + " in (", ")"));
      case Filter.Lambda lambda when lambda.condition() != null ->
          lambda.collection().text()
              + (lambda.every() ? "/all(" : "/any(")
              + lambda.variable()
              + ":"
              + of(lambda.condition())
              + ")";
      default -> filter.text();
    };
  }

  private static String chain(List<Filter> members, String operator) {
    return members.stream().map(StrictText::of).collect(Collectors.joining(operator, "(", ")"));
  }

  private static String of(Operand operand, Operand other) {
    boolean ofGuid = other instanceof PropertyPath path && isGuid(path.names().getLast());
    return switch (operand) {
      case Literal.Text(var text) when ofGuid && GuidText.parse(text) != null -> text;
      case Literal.Date date -> date.text() + "T00:00:00Z";
      default -> operand.text();
    };
  }

  private static boolean isGuid(String name) {
    return name.equals("batch") || name.endsWith("id") || name.endsWith("_value");
  }
}
