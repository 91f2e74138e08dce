package io.rowstream.query.projections.current;

import io.rowstream.language.Value;
import io.rowstream.query.projections.current.ColumnSql.Kind;
import java.util.List;

/// The order of a list and the condition that a record comes after a given place in it. Both rest
/// on values alone: a page goes on at the right place also when the record it follows is gone.
record KeysetSql(Scope scope, Sql sql) {

  void addOrderBy(List<Order> orders) {
    sql.add(" ORDER BY ");
    for (Order order : orders) {
      sql.add(column(order).orderKey());
      sql.add(order.descending() ? " DESC NULLS LAST, " : " ASC NULLS FIRST, ");
    }
    sql.add(scope.row()).add(".id");
  }

  private ColumnSql column(Order order) {
    var column = ColumnSql.of(order.column(), scope);
    if (column.kind() == Kind.LOOKUP) {
      throw new BadQueryException("a list cannot be ordered by a lookup");
    }
    return column;
  }

  /// Adds ` AND …`: the first step in which a record differs from the place decides.
  void addAfter(List<Order> orders, PageQuery.After after) {
    sql.add(" AND (");
    for (int step = 0; step <= orders.size(); step++) {
      sql.add(step == 0 ? "(" : " OR (");
      for (int before = 0; before < step; before++) {
        addSame(orders.get(before), after.keys().get(before));
        sql.add(" AND ");
      }
      if (step < orders.size()) {
        addBehind(orders.get(step), after.keys().get(step));
      } else {
        sql.bind(scope.row() + ".id > ?", after.id());
      }
      sql.add(")");
    }
    sql.add(")");
  }

  private void addSame(Order order, Value key) {
    var column = column(order);
    sql.add(column.orderKey());
    if (key.isEmpty()) {
      sql.add(" IS NULL");
    } else {
      sql.add(" = ").bind(column.orderPlaceholder(), column.parameter(key));
    }
  }

  private void addBehind(Order order, Value key) {
    var column = column(order);
    if (key.isEmpty()) {
      sql.add(order.descending() ? "false" : column.orderKey() + " IS NOT NULL");
      return;
    }
    sql.add("(").add(column.orderKey()).add(order.descending() ? " < " : " > ");
    sql.bind(column.orderPlaceholder(), column.parameter(key));
    sql.add(order.descending() ? " OR " + column.orderKey() + " IS NULL)" : ")");
  }
}
