package io.rowstream.command.eventstore;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.RecordRef;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/// The latest snapshot of each record that has one. Thread-safe.
final class Snapshots {
  private final DataSource dataSource;

  Snapshots(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  record Snapshot(long version, byte[] state) {}

  Optional<Snapshot> find(RecordRef record) {
    try (var connection = dataSource.getConnection();
        var statement =
            connection.prepareStatement(
                """
                SELECT version, state FROM log.snapshot WHERE record_id = ? AND entity_type = ?
                """)) {
      statement.setObject(1, record.id());
      statement.setString(2, record.entityType());
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(new Snapshot(rows.getLong("version"), rows.getBytes("state")))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new LogUnreadableException("the snapshot of a record cannot be read", e);
    }
  }

  /// Keeps the newer of two.
  void keep(RecordRef record, Snapshot snapshot) {
    try (var connection = dataSource.getConnection();
        var statement =
            connection.prepareStatement(
                """
                INSERT INTO log.snapshot AS kept (record_id, entity_type, version, state)
                VALUES (?, ?, ?, ?)
                ON CONFLICT (record_id, entity_type)
                DO UPDATE SET version = excluded.version, state = excluded.state
                 WHERE kept.version < excluded.version
                """)) {
      statement.setObject(1, record.id());
      statement.setString(2, record.entityType());
      statement.setLong(3, snapshot.version());
      statement.setBytes(4, snapshot.state());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new LogUnreadableException("the snapshot of a record cannot be written", e);
    }
  }
}
