package io.rowstream.odata.query;

import io.rowstream.odata.text.GuidText;
import io.rowstream.odata.text.NumberText;
import io.rowstream.odata.text.TimeText;
import io.rowstream.odata.url.Expand;
import io.rowstream.odata.url.Filter;
import io.rowstream.odata.url.Literal;
import io.rowstream.odata.url.Operand;
import io.rowstream.odata.url.QueryOptions;
import io.rowstream.odata.url.SortKey;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a parser has understood of a query, as text: operators first, chains of `and` and `or`
/// flat, values in one form.
final class QueryTree {

  private QueryTree() {}

  static String of(QueryOptions options) {
    return of(
        options.select(),
        options.filter() == null ? null : text(options.filter()),
        options.orderBy().stream().map(SortKey::text).toList(),
        options.top(),
        options.count(),
        options.expand().stream().map(QueryTree::text).toList(),
        List.of());
  }

  /// @param others options that are in none of the other places
  static String of(
      List<String> select,
      @Nullable String filter,
      List<String> orderBy,
      @Nullable Integer top,
      boolean count,
      List<String> expand,
      List<String> others) {
    return "select=%s filter=%s orderby=%s top=%s count=%s expand=%s %s"
        .formatted(
            select.contains("*") ? List.of() : select, filter, orderBy, top, count, expand, others);
  }

  private static String text(Expand expand) {
    return expand.property()
        + of(
            expand.select(),
            expand.filter() == null ? null : text(expand.filter()),
            expand.orderBy().stream().map(SortKey::text).toList(),
            expand.top(),
            false,
            expand.nested().stream().map(QueryTree::text).toList(),
            List.of());
  }

  private static String text(Filter filter) {
    return switch (filter) {
      case Filter.And _, Filter.Or _ -> {
        var members = new ArrayList<String>();
        chain(filter.getClass(), filter, members);
        yield node(filter instanceof Filter.And ? "and" : "or", members);
      }
      case Filter.Not(var member) -> node("not", List.of(text(member)));
      case Filter.Comparison(var comparator, var left, var right) ->
          node(comparator.text(), List.of(text(left), text(right)));
      case Filter.TextMatch(var function, var whole, var part) ->
          node(function.text(), List.of(text(whole), text(part)));
      case Filter.In(var path, var values) ->
          node("in " + path.text(), values.stream().map(QueryTree::text).toList());
      case Filter.Lambda lambda ->
          lambda(
              lambda.every() ? "all" : "any",
              lambda.collection().text(),
              lambda.variable(),
              lambda.condition() == null ? null : text(lambda.condition()));
      default -> filter.text();
    };
  }

  private static void chain(Class<?> kind, Filter filter, List<String> members) {
    switch (filter) {
      case Filter.And(var inner) when kind == Filter.And.class ->
          inner.forEach(each -> chain(kind, each, members));
      case Filter.Or(var inner) when kind == Filter.Or.class ->
          inner.forEach(each -> chain(kind, each, members));
      default -> members.add(text(filter));
    }
  }

  private static String text(Operand operand) {
    return operand instanceof Literal literal ? literal(literal.text()) : operand.text();
  }

  static String node(String operator, List<String> members) {
    return "(" + operator + " " + String.join(" ", members) + ")";
  }

  static String lambda(
      String kind, String collection, @Nullable String variable, @Nullable String condition) {
    return condition == null
        ? "(" + kind + " " + collection + ")"
        : "(" + kind + " " + collection + " " + variable + ": " + condition + ")";
  }

  /// A value as it stands in a query, however it was written there.
  static String literal(String text) {
    var guid = GuidText.parse(text.replace("'", ""));
    if (guid != null) {
      return guid.toString();
    }
    if (TimeText.parseDate(text) != null) {
      return text + "T00:00:00Z";
    }
    BigDecimal number = NumberText.parse(text);
    if (number != null) {
      return number.stripTrailingZeros().toString();
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toString();
    } catch (DateTimeParseException _) {
      return text;
    }
  }
}
