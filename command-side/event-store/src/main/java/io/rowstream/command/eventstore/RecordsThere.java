package io.rowstream.command.eventstore;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.RecordRef;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Tells whether a record of an entity type is there, deleted ones not counted. Thread-safe;
/// callers wait for PostgreSQL.
///
/// Looks at one record after the other, and at no more than it takes to find one that is there.
public final class RecordsThere {
  private final DataSource reader;

  /// @param reader connections that may read the log
  public RecordsThere(DataSource reader) {
    this.reader = reader;
  }

  /// What was there when the log stood at a position.
  ///
  /// @param record one of them; null if none was
  /// @param version it was at
  public record Found(long position, @Nullable RecordRef record, long version) {}

  /// @throws LogUnreadableException if PostgreSQL did not answer
  public Found any(String entityType) {
    try (var connection = reader.getConnection();
        // A payload begins with the name of its event.
        var statement =
            connection.prepareStatement(
                """
                SELECT head.position, there.record_id, there.version
                  FROM log.head head
                  LEFT JOIN LATERAL (
                       SELECT first.record_id, last.version
                         FROM log.event first
                         JOIN LATERAL (
                              SELECT version, payload
                                FROM log.event
                               WHERE record_id = first.record_id AND entity_type = first.entity_type
                               ORDER BY version DESC
                               LIMIT 1) last
                           ON substring(last.payload FROM 1 FOR 18) <> '{"event":"deleted"'::bytea
                        WHERE first.entity_type = ?
                          AND first.version = 0
                          AND first.entity_type <> 'rowstream.claim'
                        LIMIT 1) there ON true
                """)) {
      statement.setString(1, entityType);
      try (var row = statement.executeQuery()) {
        row.next();
        UUID id = row.getObject("record_id", UUID.class);
        return new Found(
            row.getLong("position"),
            id == null ? null : new RecordRef(entityType, id),
            row.getLong("version"));
      }
    } catch (SQLException failure) {
      throw new LogUnreadableException("the records of an entity type", failure);
    }
  }
}
