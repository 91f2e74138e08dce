package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.Append.NewEvent;
import io.rowstream.command.eventstore.AppendOutcome.Appended;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/// Tells whether an append whose answer was lost has been written: its last event stands in the
/// log, byte for byte. Payloads hold the command id, so that nobody else's event looks the same.
final class FindWritten {

  private FindWritten() {}

  static Optional<Appended> in(Connection connection, Append append) throws SQLException {
    if (append.events().isEmpty()) {
      return Optional.empty();
    }
    NewEvent last = append.events().getLast();
    try (var statement =
        connection.prepareStatement(
            """
            SELECT position, committed_on, payload
              FROM log.event
             WHERE record_id = ? AND entity_type = ? AND version = ?
            """)) {
      statement.setObject(1, last.record().id());
      statement.setString(2, last.record().entityType());
      statement.setLong(3, last.version());
      try (var row = statement.executeQuery()) {
        return row.next() && Arrays.equals(row.getBytes("payload"), last.payload())
            ? Optional.of(
                new Appended(row.getLong("position"), row.getTimestamp("committed_on").toInstant()))
            : Optional.empty();
      }
    }
  }
}
