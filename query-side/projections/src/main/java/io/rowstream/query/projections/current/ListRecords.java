package io.rowstream.query.projections.current;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.EntityType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// Reads one page of a list.
final class ListRecords {

  private ListRecords() {}

  /// @param connection in a transaction that keeps to one snapshot
  /// @param position of the records in it
  static Page run(Connection connection, PageQuery query, long position) throws SQLException {
    Long count = query.counted() ? count(connection, query.type(), query.filter()) : null;
    var scope = Scope.of(query.type().name());
    var where = where(scope, query.filter());
    var keyset = new KeysetSql(scope, where);
    if (query.after() != null) {
      keyset.addAfter(query.orders(), query.after());
    }
    keyset.addOrderBy(query.orders());
    where.bind(" LIMIT ?", query.limit() + 1);
    var sql = new Sql().add("SELECT r.id, ").add(RecordRow.COLUMNS);
    for (Order order : query.orders()) {
      switch (order.column()) {
        case Column.Related(var hops, _) -> {
          String row = scope.row(hops);
          sql.add(", ").add(row).add(".id, ").add(RecordRow.columns(row));
        }
        case Column.FirstOf first -> sql.add(", ").add(ColumnSql.of(first, scope).stored());
        case Column.Own _, Column.Of _ -> {}
      }
    }
    sql.add(" FROM view.record r").add(scope.joins()).add(where);
    return page(connection, sql, query, position, count);
  }

  static long count(Connection connection, EntityType type, @Nullable Filter filter)
      throws SQLException {
    var scope = Scope.of(type.name());
    var where = where(scope, filter);
    var sql = new Sql().add("SELECT count(*) FROM view.record r").add(scope.joins()).add(where);
    try (var statement = prepare(connection, sql);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  static Sql where(Scope scope, @Nullable Filter filter) {
    var where = new Sql().bind(" WHERE r.entity_type = ? AND NOT r.deleted", scope.entityType());
    if (filter != null) {
      where.add(" AND ");
      new FilterSql(scope, where).add(filter);
    }
    return where;
  }

  private static PreparedStatement prepare(Connection connection, Sql sql) throws SQLException {
    var statement = connection.prepareStatement(sql.text());
    statement.unwrap(PGStatement.class).setPrepareThreshold(1);
    sql.setValues(statement);
    return statement;
  }

  private static Page page(
      Connection connection, Sql sql, PageQuery query, long position, @Nullable Long count)
      throws SQLException {
    List<RecordState> records = new ArrayList<>();
    List<Value> keys = List.of();
    PageQuery.After next = null;
    try (var statement = prepare(connection, sql);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        if (records.size() == query.limit()) {
          next = new PageQuery.After(keys, records.getLast().record().id());
          break;
        }
        var record = new RecordRef(query.type().name(), rows.getObject(1, UUID.class));
        var state = RecordRow.state(record, rows, 2);
        records.add(state);
        if (records.size() == query.limit()) {
          keys = keys(query.orders(), state, rows);
        }
      }
    }
    var expanded = new Expanded();
    new ExpandRecords(connection, expanded).run(query.expansions(), records);
    return new Page(records, position, count, next, expanded);
  }

  /// What the record of the current row is ordered by.
  private static List<Value> keys(List<Order> orders, RecordState state, ResultSet rows)
      throws SQLException {
    var keys = new ArrayList<Value>(orders.size());
    int related = 2 + RecordRow.COUNT;
    for (Order order : orders) {
      if (order.column() instanceof Column.Related(var hops, var column)) {
        UUID id = rows.getObject(related, UUID.class);
        keys.add(
            id == null
                ? Value.empty()
                : ColumnSql.key(
                    column,
                    RecordRow.state(
                        new RecordRef(hops.getLast().target(), id), rows, related + 1)));
        related += 1 + RecordRow.COUNT;
      } else if (order.column() instanceof Column.FirstOf) {
        String text = rows.getString(related++);
        keys.add(text == null ? Value.empty() : ColumnSql.key(text));
      } else {
        keys.add(ColumnSql.key(order.column(), state));
      }
    }
    return keys;
  }
}
