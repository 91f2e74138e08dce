package io.rowstream.query.eventfeed;

import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.LogDamagedException;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGStatement;

/// Reads the log in commit order, one page at a time, on one connection.
///
/// Positions are dense and become visible in their order, so a page has no hole, or the log is
/// damaged.
final class ReadEvents implements AutoCloseable {
  private final PreparedStatement statement;

  ReadEvents(Connection connection) throws SQLException {
    // The running sum stops a page of large events early. It sees no payload that is stored out of
    // line, only its length.
    statement =
        connection.prepareStatement(
            """
            SELECT position, record_id, entity_type, version, remaining, committed_on, payload
              FROM (SELECT position, record_id, entity_type, version, remaining, committed_on,
                           payload,
                           sum(octet_length(payload)) OVER (ORDER BY position) AS bytes
                      FROM log.event
                     WHERE position > ? AND position <= ?
                     ORDER BY position
                     LIMIT ?) page
             WHERE bytes - octet_length(payload) < ?
             ORDER BY position
            """);
    // Prepared on the server from its first use, so that values come in binary.
    statement.unwrap(PGStatement.class).setPrepareThreshold(1);
  }

  /// One event as it was stored.
  ///
  /// @param payloadBytes its size in the log
  record Stored(LoggedEvent event, int payloadBytes) {}

  /// The events after `position`, up to `last`, at most `eventsMax` of them and at most `bytesMax`
  /// payload bytes, but one in any case.
  ///
  /// @throws LogDamagedException if there is a hole
  List<Stored> after(long position, long last, int eventsMax, long bytesMax) throws SQLException {
    statement.setLong(1, position);
    statement.setLong(2, last);
    statement.setInt(3, eventsMax);
    statement.setLong(4, bytesMax);
    var events = new ArrayList<Stored>();
    try (var rows = statement.executeQuery()) {
      long before = position;
      while (rows.next()) {
        var stored = read(rows);
        if (stored.event.position() != before + 1) {
          throw new LogDamagedException(
              "the log has a hole: position %d is followed by %d"
                  .formatted(before, stored.event.position()));
        }
        before++;
        events.add(stored);
      }
    }
    return events;
  }

  static Stored read(ResultSet row) throws SQLException {
    long position = row.getLong("position");
    byte[] payload = row.getBytes("payload");
    EventJson.Entry entry;
    try {
      entry = EventJson.read(payload);
    } catch (RuntimeException unreadable) {
      // Its message could quote the payload; the type is enough to start looking.
      throw new LogDamagedException(
          "the event at position %d cannot be understood: %s"
              .formatted(position, unreadable.getClass().getSimpleName()));
    }
    var event =
        new LoggedEvent(
            position,
            new RecordRef(row.getString("entity_type"), row.getObject("record_id", UUID.class)),
            row.getLong("version"),
            row.getInt("remaining"),
            row.getObject("committed_on", OffsetDateTime.class).toInstant(),
            entry.origin(),
            entry.event());
    return new Stored(event, payload.length);
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
