package io.rowstream.query.projections.current;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// Reads the rows of one entity type by their key, some at a time.
final class ScanRecords {

  private ScanRecords() {}

  /// @param after the id before the first, null to begin with the first
  static List<RecordState> run(
      Connection connection, String entityType, @Nullable UUID after, int limit)
      throws SQLException {
    var sql = new Sql().add("SELECT r.id, ").add(RecordRow.COLUMNS);
    sql.bind(" FROM view.record r WHERE r.entity_type = ?", entityType);
    if (after != null) {
      sql.bind(" AND r.id > ?", after);
    }
    sql.bind(" ORDER BY r.id LIMIT ?", limit);
    var states = new ArrayList<RecordState>();
    try (var statement = connection.prepareStatement(sql.text())) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(1);
      sql.setValues(statement);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var record = new RecordRef(entityType, rows.getObject(1, UUID.class));
          states.add(RecordRow.state(record, rows, 2));
        }
      }
    }
    return states;
  }
}
