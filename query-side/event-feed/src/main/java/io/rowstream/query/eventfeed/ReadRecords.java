package io.rowstream.query.eventfeed;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.postgresql.PGStatement;

/// Reads the events of some records in commit order, however far they are apart in the log.
final class ReadRecords implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement statement;

  ReadRecords(Connection connection) throws SQLException {
    this.connection = connection;
    statement =
        connection.prepareStatement(
            """
            SELECT position, record_id, entity_type, version, remaining, committed_on, payload
              FROM (SELECT e.position, e.record_id, e.entity_type, e.version, e.remaining,
                           e.committed_on, e.payload,
                           sum(octet_length(e.payload)) OVER (ORDER BY e.position) AS bytes
                      FROM unnest(?, ?) AS wanted (record_id, entity_type)
                      JOIN log.event e
                        ON e.record_id = wanted.record_id AND e.entity_type = wanted.entity_type
                     WHERE e.position > ? AND e.position <= ?
                     ORDER BY e.position
                     LIMIT ?) page
             WHERE bytes - octet_length(payload) < ?
             ORDER BY position
            """);
    statement.unwrap(PGStatement.class).setPrepareThreshold(1);
  }

  /// As [ReadEvents#after], of these records only.
  List<LoggedEvent> after(
      Collection<RecordRef> records, long position, long last, int eventsMax, long bytesMax)
      throws SQLException {
    statement.setArray(
        1, connection.createArrayOf("uuid", records.stream().map(RecordRef::id).toArray()));
    statement.setArray(
        2, connection.createArrayOf("text", records.stream().map(RecordRef::entityType).toArray()));
    statement.setLong(3, position);
    statement.setLong(4, last);
    statement.setInt(5, eventsMax);
    statement.setLong(6, bytesMax);
    var events = new ArrayList<LoggedEvent>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        events.add(ReadEvents.read(rows).event());
      }
    }
    return events;
  }

  /// The next units of these records, whole as far as the records are concerned.
  Extract unitsAfter(
      Collection<RecordRef> records, long position, long last, int eventsMax, long bytesMax)
      throws SQLException {
    var events = after(records, position, last, eventsMax, bytesMax);
    if (events.isEmpty()) {
      return new Extract(List.of(), last);
    }
    // More may follow in the last unit of a page, so that one is read to its end.
    long end = unitEnd(events.getLast());
    events.addAll(
        after(records, events.getLast().position(), end, Integer.MAX_VALUE, Long.MAX_VALUE));
    var units = new ArrayList<Unit>();
    var begun = new ArrayList<LoggedEvent>();
    for (var event : events) {
      if (!begun.isEmpty() && unitEnd(begun.getLast()) != unitEnd(event)) {
        units.add(new Unit(begun));
        begun.clear();
      }
      begun.add(event);
    }
    units.add(new Unit(begun));
    return new Extract(units, end);
  }

  private static long unitEnd(LoggedEvent event) {
    return event.position() + event.remaining();
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
