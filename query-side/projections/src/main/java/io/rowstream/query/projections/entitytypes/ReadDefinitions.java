package io.rowstream.query.projections.entitytypes;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.LoggedEventRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Reads all definitions of entity types there have been, in order.
final class ReadDefinitions {

  private ReadDefinitions() {}

  /// The position of the last one; 0 if there is none.
  static long last(Connection connection) throws SQLException {
    try (var statement =
            connection.prepareStatement(
                """
                SELECT coalesce(max(position), 0)
                  FROM log.event
                 WHERE entity_type = 'entitytype'
                """);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  static List<LoggedEvent> run(Connection connection) throws SQLException {
    try (var statement =
            connection.prepareStatement(
                """
                SELECT position, record_id, entity_type, version, remaining, committed_on, payload
                  FROM log.event
                 WHERE entity_type = 'entitytype'
                 ORDER BY position
                """);
        var rows = statement.executeQuery()) {
      var events = new ArrayList<LoggedEvent>();
      while (rows.next()) {
        events.add(LoggedEventRow.read(rows));
      }
      return events;
    }
  }
}
