package io.rowstream.query.projections.current;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.EntityType;
import io.rowstream.query.projections.current.ListReads.Attempt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// Reads one page of a list, in one statement together with where the projection stands.
final class ListRecords {

  private ListRecords() {}

  /// @param connection in a transaction that keeps to one snapshot if the query has expansions
  static Attempt<Page> run(Connection connection, PageQuery query, int behindMax)
      throws SQLException {
    try (var statement = prepare(connection, sql(query, behindMax));
        var rows = statement.executeQuery()) {
      rows.next();
      var standing = ReadStanding.of(rows);
      return new Attempt<>(
          standing.isBehind(behindMax) ? null : page(connection, query, standing.position(), rows),
          standing.logPosition());
    }
  }

  static Sql sql(PageQuery query, int behindMax) {
    var fresh =
        new Sql()
            .bind(
                " AND NOT (s.standing_epoch = s.head_epoch AND s.head - s.standing BETWEEN 1 AND ?)",
                behindMax);
    var sql = new Sql().add("WITH moment AS MATERIALIZED (SELECT s.*");
    if (query.counted()) {
      sql.add(", (").add(counting(query.type(), query.filter()).add(fresh)).add(") AS matching");
    }
    // Materialized, or the records would be counted for each record of the page. Only a nested loop
    // joins a lateral query to its one row, so the page keeps its order.
    sql.add(" FROM (").add(ReadStanding.SQL).add(") s) SELECT page.*, s.* FROM moment s");
    return sql.add(" LEFT JOIN LATERAL (").add(select(query, fresh)).add(") page ON true");
  }

  private static Sql select(PageQuery query, Sql fresh) {
    var scope = Scope.of(query.type().name());
    var where = where(scope, query.filter()).add(fresh);
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
    return sql.add(" FROM view.record r").add(scope.joins()).add(where);
  }

  static long count(Connection connection, EntityType type, @Nullable Filter filter)
      throws SQLException {
    try (var statement = prepare(connection, counting(type, filter));
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static Sql counting(EntityType type, @Nullable Filter filter) {
    var scope = Scope.of(type.name());
    var where = where(scope, filter);
    return new Sql().add("SELECT count(*) FROM view.record r").add(scope.joins()).add(where);
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

  /// @param rows at the first, which has no record if there is none on the page
  private static Page page(Connection connection, PageQuery query, long position, ResultSet rows)
      throws SQLException {
    Long count = query.counted() ? rows.getLong("matching") : null;
    List<RecordState> records = new ArrayList<>();
    List<Value> keys = List.of();
    PageQuery.After next = null;
    boolean more = rows.getObject(1) != null;
    while (more) {
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
      more = rows.next();
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
