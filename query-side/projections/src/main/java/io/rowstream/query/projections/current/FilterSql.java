package io.rowstream.query.projections.current;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.query.projections.current.ColumnSql.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A filter as a condition over a row of `view.record`. The condition may be unknown where the
/// filter is false, so that an index can serve it; a negation makes it false first.
///
/// @param scope the row, and those its lookups lead to
record FilterSql(Scope scope, Sql sql) {

  void add(Filter filter) {
    switch (filter) {
      case Filter.And(var filters) -> addAll(filters, " AND ", "true");
      case Filter.Or(var filters) -> addAll(filters, " OR ", "false");
      case Filter.Not(var negated) -> addNot(negated);
      case Filter.Compare compare -> addCompare(compare);
      case Filter.AnyOf anyOf -> addAnyOf(anyOf.column(), anyOf.values());
      case Filter.Matches matches -> addMatches(matches);
      case Filter.Exists exists -> addExists(exists);
    }
  }

  private void addAll(List<Filter> filters, String between, String none) {
    if (filters.isEmpty()) {
      sql.add(none);
      return;
    }
    String before = "(";
    for (Filter filter : filters) {
      sql.add(before);
      add(filter);
      before = between;
    }
    sql.add(")");
  }

  private void addNot(Filter negated) {
    sql.add("(NOT coalesce(");
    add(negated);
    sql.add(", false))");
  }

  private void addCompare(Filter.Compare compare) {
    switch (compare.comparison()) {
      case EQUAL -> addAnyOf(compare.column(), List.of(compare.value()));
      case DIFFERENT -> {
        sql.add("(NOT coalesce(");
        addAnyOf(compare.column(), List.of(compare.value()));
        sql.add(", false))");
      }
      case BEFORE -> addOrdered(compare, " < ");
      case BEFORE_OR_EQUAL -> addOrdered(compare, " <= ");
      case AFTER -> addOrdered(compare, " > ");
      case AFTER_OR_EQUAL -> addOrdered(compare, " >= ");
    }
  }

  private void addOrdered(Filter.Compare compare, String operator) {
    var column = ColumnSql.of(compare.column(), scope);
    Value value = compare.value();
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

  private void addAnyOf(Column of, List<Value> values) {
    var column = ColumnSql.of(of, scope);
    if (of instanceof Column.Of(Attribute lookup)
        && column.kind() == Kind.LOOKUP
        && values.stream().allMatch(value -> value instanceof Value.Guid)) {
      addRefers(lookup, values);
      return;
    }
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
      sql.add(before);
      addIn(column, parameters);
      before = " OR ";
    }
    if (values.stream().anyMatch(Value::isEmpty)) {
      sql.add(before).add(column.expression()).add(" IS NULL");
      before = " OR ";
    }
    sql.add(before.equals("(") ? "(false)" : ")");
  }

  /// Looks where the row refers to in `view.link`, which finds the rows from there.
  private void addRefers(Attribute lookup, List<Value> targets) {
    sql.add("(").add(scope.row()).add(".id IN (SELECT l.id FROM view.link l WHERE");
    sql.bind(" l.entity_type = ?", scope.entityType());
    sql.bind(" AND l.lookup = ?", lookup.name());
    String before = " AND l.target_id IN (";
    for (Value target : targets) {
      sql.add(before).bind("?", ((Value.Guid) target).id());
      before = ", ";
    }
    sql.add(before.equals(", ") ? ")" : " AND false").add("))");
  }

  private void addExists(Filter.Exists exists) {
    String referred = exists.hops().isEmpty() ? scope.row() : scope.row(exists.hops());
    var condition = new Sql();
    var within = scope.within(exists.referring().name());
    if (exists.condition() != null) {
      condition.add(" AND ");
      new FilterSql(within, condition).add(exists.condition());
    }
    String link = within.row() + "l";
    sql.add("EXISTS (SELECT FROM view.link ").add(link);
    if (exists.condition() != null) {
      sql.add(
          " JOIN view.record %1$s ON %1$s.entity_type = %2$s.entity_type AND %1$s.id = %2$s.id"
              .formatted(within.row(), link));
      sql.add(within.joins());
    }
    sql.add(" WHERE %s.target_id = %s.id".formatted(link, referred));
    sql.bind(" AND " + link + ".target_type = ?", exists.target());
    sql.bind(" AND " + link + ".entity_type = ?", exists.referring().name());
    sql.bind(" AND " + link + ".lookup = ?", exists.lookup().name());
    sql.add(condition).add(")");
  }

  private void addIn(ColumnSql column, List<Object> parameters) {
    sql.add(column.expression());
    String before = parameters.size() == 1 ? " = " : " IN (";
    for (Object parameter : parameters) {
      sql.add(before).bind(column.kind().placeholder(), parameter);
      before = ", ";
    }
    sql.add(parameters.size() == 1 ? "" : ")");
  }

  private void addMatches(Filter.Matches matches) {
    var column = ColumnSql.of(matches.column(), scope);
    if (column.kind() != Kind.TEXT) {
      throw new BadQueryException("only a text can contain, start or end with another");
    }
    var pattern = TextPattern.of(matches.part(), matches.pattern());
    sql.add("(").add(column.expression()).add(" ").add(pattern.operator()).add(" ");
    sql.bind("lower(?)", column.parameter(new Value.Text(pattern.text()))).add(")");
  }
}
