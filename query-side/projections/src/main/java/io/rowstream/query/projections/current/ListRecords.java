package io.rowstream.query.projections.current;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.EntityType;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
  static Page run(Connection connection, ListQuery query) throws SQLException {
    long position = ReadPosition.run(connection);
    Long count = query.counted() ? count(connection, query.type(), query.filter()) : null;
    var sql = new Sql().add("SELECT r.id, ").add(RecordRow.COLUMNS);
    addWhere(query.type(), query.filter(), sql);
    var after = query.after();
    if (after != null) {
      KeysetSql.addAfter(query.orders(), after, sql);
    }
    KeysetSql.addOrderBy(query.orders(), sql);
    sql.bind(" LIMIT ?", query.limit() + 1);
    return page(connection, sql, query, position, count);
  }

  static long count(Connection connection, EntityType type, @Nullable Filter filter)
      throws SQLException {
    var sql = new Sql().add("SELECT count(*)");
    addWhere(type, filter, sql);
    try (var statement = prepare(connection, sql);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void addWhere(EntityType type, @Nullable Filter filter, Sql sql) {
    sql.bind(" FROM view.record r WHERE r.entity_type = ? AND NOT r.deleted", type.name());
    if (filter != null) {
      sql.add(" AND ");
      FilterSql.add(filter, sql);
    }
  }

  private static PreparedStatement prepare(Connection connection, Sql sql) throws SQLException {
    var statement = connection.prepareStatement(sql.text());
    statement.unwrap(PGStatement.class).setPrepareThreshold(1);
    sql.setValues(statement);
    return statement;
  }

  private static Page page(
      Connection connection, Sql sql, ListQuery query, long position, @Nullable Long count)
      throws SQLException {
    List<RecordState> records = new ArrayList<>();
    ListQuery.After next = null;
    try (var statement = prepare(connection, sql);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        if (records.size() == query.limit()) {
          next = after(records.getLast(), query.orders());
          break;
        }
        var record = new RecordRef(query.type().name(), rows.getObject(1, UUID.class));
        records.add(RecordRow.state(record, rows, 2));
      }
    }
    return new Page(records, position, count, next);
  }

  private static ListQuery.After after(RecordState last, List<Order> orders) {
    var keys = orders.stream().map(order -> ColumnSql.key(order.column(), last)).toList();
    return new ListQuery.After(keys, last.record().id());
  }
}
