package io.rowstream.query.projections.current;

import io.rowstream.language.Value;
import io.rowstream.query.projections.current.ColumnSql.Kind;
import io.rowstream.query.projections.current.GroupQuery.Aggregate;
import java.util.List;
import java.util.Objects;

/// Keys and aggregates as expressions over a row of `view.record`.
record GroupSql(Scope scope) {

  /// Digits of an average after the point.
  static final int AVERAGE_SCALE = 10;

  /// What makes two records belong to one group.
  String key(Column column) {
    var sql = ColumnSql.of(column, scope);
    return switch (sql.kind()) {
      case LOOKUP -> "split_part(" + sql.stored() + ", '/', 2)::uuid";
      case TEXT, NUMBER, YES_NO, GUID -> sql.expression();
      case TIME, SECOND -> throw new BadQueryException("records cannot be grouped by a time");
    };
  }

  /// The key of a group as its records have it.
  String shown(Column column) {
    var sql = ColumnSql.of(column, scope);
    return sql.kind() == Kind.TEXT || sql.kind() == Kind.LOOKUP
        ? "min(" + sql.stored() + ")"
        : key(column);
  }

  String aggregate(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT -> "count(*)";
      case COUNT_DISTINCT -> "count(DISTINCT " + column(aggregate).expression() + ")";
      case SUM -> "sum(" + number(aggregate) + ")";
      case AVERAGE -> "round(avg(" + number(aggregate) + "), " + AVERAGE_SCALE + ")";
      case MIN -> "min(" + ordered(aggregate) + ")";
      case MAX -> "max(" + ordered(aggregate) + ")";
    };
  }

  ColumnSql column(Aggregate aggregate) {
    return ColumnSql.of(Objects.requireNonNull(aggregate.column()), scope);
  }

  private String number(Aggregate aggregate) {
    var column = column(aggregate);
    if (column.kind() != Kind.NUMBER) {
      throw new BadQueryException("only numbers have a sum and an average");
    }
    return column.stored();
  }

  private String ordered(Aggregate aggregate) {
    var column = column(aggregate);
    return switch (column.kind()) {
      case NUMBER, TIME, SECOND -> column.stored();
      case TEXT, YES_NO, GUID, LOOKUP ->
          throw new BadQueryException("only numbers and times have a smallest and a largest");
    };
  }

  /// Adds ` AND …`: the first key in which a record differs from those of a group decides whether
  /// it belongs to one behind it.
  void addAfter(Sql sql, List<Column> keys, List<Value> after) {
    sql.add(" AND (false");
    for (int step = 0; step < keys.size(); step++) {
      sql.add(" OR (");
      for (int before = 0; before < step; before++) {
        addSame(sql, keys.get(before), after.get(before));
        sql.add(" AND ");
      }
      addBehind(sql, keys.get(step), after.get(step));
      sql.add(")");
    }
    sql.add(")");
  }

  private void addSame(Sql sql, Column key, Value value) {
    sql.add(key(key));
    if (value.isEmpty()) {
      sql.add(" IS NULL");
    } else {
      bind(sql.add(" = "), key, value);
    }
  }

  private void addBehind(Sql sql, Column key, Value value) {
    sql.add(key(key));
    if (value.isEmpty()) {
      sql.add(" IS NOT NULL");
    } else {
      bind(sql.add(" > "), key, value);
    }
  }

  private void bind(Sql sql, Column key, Value value) {
    var column = ColumnSql.of(key, scope);
    sql.bind(
        column.kind().placeholder(),
        column.kind() == Kind.LOOKUP && value instanceof Value.Guid(var id)
            ? id
            : column.parameter(value));
  }
}
