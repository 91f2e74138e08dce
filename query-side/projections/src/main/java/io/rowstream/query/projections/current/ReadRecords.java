package io.rowstream.query.projections.current;

import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.LogDamagedException;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// Reads records as they are now, several in one round trip: each one's row, if it has one, and the
/// events that the row does not have yet. Row and events are of the same snapshot, so no event is
/// missed or taken twice. For one thread.
final class ReadRecords implements AutoCloseable {

  /// Events read of a record whose row is behind; a caller reads the rest by itself.
  static final int TAIL_EVENTS_MAX = 200;

  static final String SQL =
      """
      SELECT w.ordinal, %s, e.version AS event_version, e.position AS event_position, e.committed_on, e.payload
        FROM unnest(?::text[], ?::uuid[]) WITH ORDINALITY AS w (entity_type, id, ordinal)
        LEFT JOIN view.record r ON r.entity_type = w.entity_type AND r.id = w.id
        LEFT JOIN LATERAL (
             SELECT version, position, committed_on, payload
               FROM log.event
              WHERE record_id = w.id
                AND entity_type = w.entity_type
                AND version > coalesce(r.version, -1)
              ORDER BY version
              LIMIT ?) e ON true
       ORDER BY w.ordinal, e.version
      """
          .formatted(RecordRow.COLUMNS);

  private static final int ORDINAL = 1;
  private static final int ROW = 2;
  private static final int EVENT_VERSION = 10;
  private static final int EVENT_POSITION = 11;
  private static final int COMMITTED_ON = 12;
  private static final int PAYLOAD = 13;

  private final Connection connection;
  private final PreparedStatement statement;

  ReadRecords(Connection connection) throws SQLException {
    this.connection = connection;
    statement = connection.prepareStatement(SQL);
    // Prepared on the server from its first use, so that values come in binary.
    statement.unwrap(PGStatement.class).setPrepareThreshold(1);
  }

  /// What was found of one record.
  sealed interface Found {

    /// @param state null when the record has never been there
    /// @param complete whether the state has all events; a row may be too far behind
    record State(@Nullable RecordState state, boolean complete) implements Found {}

    /// What is stored cannot be understood.
    record Unreadable(LogDamagedException reason) implements Found {}
  }

  /// @return in the order of `records`
  Found[] run(List<RecordRef> records) throws SQLException {
    statement.setArray(
        1,
        connection.createArrayOf(
            "text", records.stream().map(RecordRef::entityType).toArray(String[]::new)));
    statement.setArray(
        2, connection.createArrayOf("uuid", records.stream().map(RecordRef::id).toArray()));
    statement.setInt(3, TAIL_EVENTS_MAX);
    var found = new Found[records.size()];
    try (var rows = statement.executeQuery()) {
      boolean more = rows.next();
      while (more) {
        int ordinal = rows.getInt(ORDINAL);
        var one = new One(records.get(ordinal - 1));
        do {
          one.add(rows);
          more = rows.next();
        } while (more && rows.getInt(ORDINAL) == ordinal);
        found[ordinal - 1] = one.found();
      }
    }
    return found;
  }

  /// The rows of one record.
  private static final class One {
    private final RecordRef record;
    private final List<LoggedEvent> events = new ArrayList<>();
    private @Nullable RecordState state;
    private @Nullable RuntimeException unreadable;
    private boolean begun;

    One(RecordRef record) {
      this.record = record;
    }

    void add(ResultSet rows) throws SQLException {
      if (unreadable != null) {
        return;
      }
      try {
        if (!begun) {
          begun = true;
          rows.getLong(ROW);
          state = rows.wasNull() ? null : RecordRow.state(record, rows, ROW);
        }
        rows.getLong(EVENT_VERSION);
        if (!rows.wasNull()) {
          events.add(event(record, rows));
        }
      } catch (RuntimeException failure) {
        unreadable = failure;
      }
    }

    Found found() {
      try {
        if (unreadable != null) {
          throw unreadable;
        }
        return new Found.State(
            RecordState.after(state, events).orElse(null), events.size() < TAIL_EVENTS_MAX);
      } catch (RuntimeException failure) {
        // Its message could quote values.
        return new Found.Unreadable(
            new LogDamagedException(
                "%s cannot be understood: %s"
                    .formatted(record, failure.getClass().getSimpleName())));
      }
    }
  }

  private static LoggedEvent event(RecordRef record, ResultSet rows) throws SQLException {
    var entry = EventJson.read(rows.getBytes(PAYLOAD));
    return new LoggedEvent(
        rows.getLong(EVENT_POSITION),
        record,
        rows.getLong(EVENT_VERSION),
        0,
        RecordRow.instant(rows, COMMITTED_ON),
        entry.origin(),
        entry.event());
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
