package io.rowstream.query.projections.history;

import io.rowstream.eventlog.LogDamagedException;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.LoggedEventRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// Reads events between two positions, all of them or those of one record.
final class ReadTrail {
  private static final String ALL =
      """
      SELECT position, record_id, entity_type, version, remaining, committed_on, payload
        FROM log.event
       WHERE position BETWEEN ? AND ?
       ORDER BY position %s
       LIMIT ?
      """;

  // The record's positions first: its own index finds them, however far apart they are in the log.
  private static final String OF_RECORD =
      """
      WITH of_record AS MATERIALIZED (
          SELECT position FROM log.event WHERE record_id = ?)
      SELECT position, record_id, entity_type, version, remaining, committed_on, payload
        FROM (SELECT position
                FROM of_record
               WHERE position BETWEEN ? AND ?
               ORDER BY position %1$s
               LIMIT ?) AS wanted
        JOIN log.event USING (position)
       ORDER BY position %1$s
      """;

  private ReadTrail() {}

  /// @param record its id; null for every record
  static List<LoggedEvent> run(
      Connection connection,
      @Nullable UUID record,
      long first,
      long last,
      boolean newestFirst,
      int limit)
      throws SQLException {
    String sql = (record == null ? ALL : OF_RECORD).formatted(newestFirst ? "DESC" : "ASC");
    var events = new ArrayList<LoggedEvent>();
    try (var statement = connection.prepareStatement(sql)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(1);
      int parameter = 0;
      if (record != null) {
        statement.setObject(++parameter, record);
      }
      statement.setLong(++parameter, first);
      statement.setLong(++parameter, last);
      statement.setInt(++parameter, limit);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          events.add(LoggedEventRow.read(rows));
        }
      }
    }
    return events;
  }

  static Instant committedOn(Connection connection, long position) throws SQLException {
    try (var statement =
        connection.prepareStatement("SELECT committed_on FROM log.event WHERE position = ?")) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(1);
      statement.setLong(1, position);
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new LogDamagedException("the log has no event at position " + position);
        }
        return rows.getTimestamp("committed_on").toInstant();
      }
    }
  }
}
