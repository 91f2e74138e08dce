package io.rowstream.query.projections.current;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.query.projections.current.ColumnSql.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A filter as a condition over `view.record r`. The condition may be unknown where the filter is
/// false, so that an index can serve it; a negation makes it false first.
final class FilterSql {

  private FilterSql() {}

  static void add(Filter filter, Sql sql) {
    switch (filter) {
      case Filter.And(var filters) -> addAll(filters, " AND ", "true", sql);
      case Filter.Or(var filters) -> addAll(filters, " OR ", "false", sql);
      case Filter.Not(var negated) -> addNot(negated, sql);
      case Filter.Compare compare -> addCompare(compare, sql);
      case Filter.AnyOf anyOf -> addAnyOf(ColumnSql.of(anyOf.column()), anyOf.values(), sql);
      case Filter.Matches matches -> addMatches(matches, sql);
    }
  }

  private static void addAll(List<Filter> filters, String between, String none, Sql sql) {
    if (filters.isEmpty()) {
      sql.add(none);
      return;
    }
    String before = "(";
    for (Filter filter : filters) {
      sql.add(before);
      add(filter, sql);
      before = between;
    }
    sql.add(")");
  }

  private static void addNot(Filter negated, Sql sql) {
    sql.add("(NOT coalesce(");
    add(negated, sql);
    sql.add(", false))");
  }

  private static void addCompare(Filter.Compare compare, Sql sql) {
    var column = ColumnSql.of(compare.column());
    switch (compare.comparison()) {
      case EQUAL -> addAnyOf(column, List.of(compare.value()), sql);
      case DIFFERENT -> {
        sql.add("(NOT coalesce(");
        addAnyOf(column, List.of(compare.value()), sql);
        sql.add(", false))");
      }
      case BEFORE -> addOrdered(column, " < ", compare.value(), sql);
      case BEFORE_OR_EQUAL -> addOrdered(column, " <= ", compare.value(), sql);
      case AFTER -> addOrdered(column, " > ", compare.value(), sql);
      case AFTER_OR_EQUAL -> addOrdered(column, " >= ", compare.value(), sql);
    }
  }

  private static void addOrdered(ColumnSql column, String operator, Value value, Sql sql) {
    if (column.kind() == Kind.LOOKUP) {
      throw new BadQueryException("a lookup can be equal or different, not before or after");
    }
    if (value.isEmpty()) {
      sql.add("false");
      return;
    }
    sql.add("(").add(column.expression()).add(operator);
    sql.bind(column.kind().placeholder(), column.parameter(value)).add(")");
  }

  private static void addAnyOf(ColumnSql column, List<Value> values, Sql sql) {
    var parameters = new ArrayList<Object>();
    for (Value value : values) {
      if (column.kind() == Kind.LOOKUP && value instanceof Value.Guid(UUID id)) {
        column.lookupTargets().stream()
            .sorted()
            .forEach(target -> parameters.add(new RecordRef(target, id).toString()));
      } else if (!value.isEmpty()) {
        parameters.add(column.parameter(value));
      }
    }
    String before = "(";
    if (!parameters.isEmpty()) {
      addIn(column, parameters, sql.add(before));
      before = " OR ";
    }
    if (values.stream().anyMatch(Value::isEmpty)) {
      sql.add(before).add(column.expression()).add(" IS NULL");
      before = " OR ";
    }
    sql.add(before.equals("(") ? "(false)" : ")");
  }

  private static void addIn(ColumnSql column, List<Object> parameters, Sql sql) {
    sql.add(column.expression());
    String before = parameters.size() == 1 ? " = " : " IN (";
    for (Object parameter : parameters) {
      sql.add(before).bind(column.kind().placeholder(), parameter);
      before = ", ";
    }
    sql.add(parameters.size() == 1 ? "" : ")");
  }

  private static void addMatches(Filter.Matches matches, Sql sql) {
    var column = ColumnSql.of(matches.column());
    if (column.kind() != Kind.TEXT) {
      throw new BadQueryException("only a text can contain, start or end with another");
    }
    var pattern = TextPattern.of(matches.part(), matches.pattern());
    sql.add("(").add(column.expression()).add(" ").add(pattern.operator()).add(" ");
    sql.bind("lower(?)", column.parameter(new Value.Text(pattern.text()))).add(")");
  }
}
