package io.rowstream.command.eventstore;

import io.rowstream.eventlog.LogUnreadableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// The records an entity type has ever had, deleted ones included, in the order they came.
/// Thread-safe; callers wait for PostgreSQL.
final class CreatedRecords {
  private final DataSource reader;

  CreatedRecords(DataSource reader) {
    this.reader = reader;
  }

  /// @param position of its first event
  record Created(long position, UUID id) {}

  /// At most `limit` of those created after a position.
  ///
  /// @throws LogUnreadableException if PostgreSQL did not answer
  List<Created> after(String entityType, long position, int limit) {
    try (var connection = reader.getConnection();
        var statement =
            connection.prepareStatement(
                """
                SELECT position, record_id
                  FROM log.event
                 WHERE entity_type = ?
                   AND version = 0
                   AND entity_type <> 'rowstream.claim'
                   AND position > ?
                 ORDER BY position
                 LIMIT ?
                """)) {
      statement.setString(1, entityType);
      statement.setLong(2, position);
      statement.setInt(3, limit);
      var created = new ArrayList<Created>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          created.add(
              new Created(rows.getLong("position"), rows.getObject("record_id", UUID.class)));
        }
      }
      return created;
    } catch (SQLException failure) {
      throw new LogUnreadableException("the records of an entity type", failure);
    }
  }
}
