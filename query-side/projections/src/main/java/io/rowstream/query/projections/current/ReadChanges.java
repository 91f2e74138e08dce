package io.rowstream.query.projections.current;

import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.EntityType;
import io.rowstream.query.projections.current.Changes.Changed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.UUID;
import org.postgresql.PGStatement;

/// Reads what has changed since a position, deleted records among it.
///
/// It walks along the log: a record has one row, whose position is that of one event, its latest.
final class ReadChanges {

  private ReadChanges() {}

  /// @param standing in the connection's transaction, which keeps to one snapshot
  static Changes run(Connection connection, ChangesQuery query, Standing standing)
      throws SQLException {
    long until = query.until() == null ? standing.position() : query.until();
    long last = Math.min(until, query.after() + query.eventsMax());
    var changed = new ArrayList<Changed>();
    try (var statement = prepare(connection, sql(query, last));
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        if (changed.size() == query.limit()) {
          return new Changes(changed, changed.getLast().state().position(), until, standing);
        }
        var record = new RecordRef(query.type().name(), rows.getObject(1, UUID.class));
        var state = RecordRow.state(record, rows, 2);
        changed.add(new Changed(state, rows.getBoolean(2 + RecordRow.COUNT)));
      }
    }
    return new Changes(changed, Math.max(last, query.after()), until, standing);
  }

  private static Sql sql(ChangesQuery query, long last) {
    var scope = Scope.of(query.type().name());
    var matches = new Sql().add("NOT r.deleted");
    if (query.filter() != null) {
      matches.add(" AND coalesce(");
      new FilterSql(scope, matches).add(query.filter());
      matches.add(", false)");
    }
    var sql = new Sql().add("SELECT r.id, ").add(RecordRow.COLUMNS).add(", ").add(matches);
    sql.add(
        " FROM log.event e JOIN view.record r ON r.id = e.record_id AND r.position = e.position");
    sql.add(scope.joins());
    sql.bind(" WHERE e.position > ?", query.after()).bind(" AND e.position <= ?", last);
    sql.bind(" AND e.entity_type = ?", query.type().name());
    sql.bind(" AND r.entity_type = ?", query.type().name());
    return sql.bind(" ORDER BY e.position LIMIT ?", query.limit() + 1);
  }

  /// How many records have changed.
  ///
  /// @param after exclusive
  static long count(Connection connection, EntityType type, long after) throws SQLException {
    var sql = new Sql().add("SELECT count(*) FROM view.record r");
    sql.bind(" WHERE r.entity_type = ?", type.name()).bind(" AND r.position > ?", after);
    try (var statement = prepare(connection, sql);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static PreparedStatement prepare(Connection connection, Sql sql) throws SQLException {
    var statement = connection.prepareStatement(sql.text());
    statement.unwrap(PGStatement.class).setPrepareThreshold(1);
    sql.setValues(statement);
    return statement;
  }
}
