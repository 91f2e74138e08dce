package io.rowstream.testkit;

import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.LogHead;
import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.RecordRef;
import io.rowstream.language.event.LogEvent;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Appends events to the log as they are, without any rule but the log's own: what a test of a
/// reader needs. Thread-safe; each call has a connection of its own.
public final class LogWriter {
  /// Who is said to have caused events that do not name anybody.
  public static final UUID ADA = UUID.fromString("11111111-1111-4111-8111-111111111111");

  private final DataSource owner;

  /// @param owner connections to a database with the log's tables
  public LogWriter(DataSource owner) {
    this.owner = owner;
  }

  /// An event to come: its version and position are the log's to give.
  public record Said(RecordRef record, LogEvent event) {}

  /// Several events as one command or change set.
  public record SaidTogether(Origin origin, List<Said> events) {
    public SaidTogether {
      events = List.copyOf(events);
    }
  }

  /// Appends one event as a command of its own, by Ada; returns its position.
  public long append(RecordRef record, LogEvent event) {
    return append(new Said(record, event));
  }

  /// Appends the events as one change set, by Ada; returns the position of the last.
  public long append(Said... unit) {
    return append(new SaidTogether(byAda(), List.of(unit)));
  }

  /// Appends the units in one commit; returns the position of the last event.
  public long append(SaidTogether... units) {
    try (var connection = owner.getConnection()) {
      while (true) {
        var position = tryAppend(connection, List.of(units));
        if (position != null) {
          return position;
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("not appended", failure);
    }
  }

  /// A new command of Ada's.
  public static Origin byAda() {
    return new Origin(UUID.randomUUID().toString(), null, ADA);
  }

  /// Null when a stream moved between the look at its version and the append.
  private static @Nullable Long tryAppend(Connection connection, List<SaidTogether> units)
      throws SQLException {
    var head = LogHead.read(connection);
    Map<RecordRef, Long> believed = new LinkedHashMap<>();
    for (var unit : units) {
      for (var said : unit.events) {
        if (!believed.containsKey(said.record)) {
          believed.put(said.record, version(connection, said.record));
        }
      }
    }
    var rows = rows(units, believed);
    try (var append =
        connection.prepareStatement(
            """
            SELECT head_before, stale_stream
              FROM log.append(?, ?, ?, ?, ?, ?, false, ?, ?, ?, ?, ?, '{}', '{}', '{}', '{}')
            """)) {
      var streams = List.copyOf(believed.keySet());
      append.setObject(1, head.epoch());
      append.setLong(2, head.position());
      append.setTimestamp(3, Timestamp.from(Instant.now()));
      append.setArray(4, array(connection, "uuid", streams.stream().map(RecordRef::id).toList()));
      append.setArray(
          5, array(connection, "text", streams.stream().map(RecordRef::entityType).toList()));
      append.setArray(6, array(connection, "bigint", List.copyOf(believed.values())));
      append.setArray(7, array(connection, "uuid", rows.stream().map(r -> r.record.id()).toList()));
      append.setArray(
          8, array(connection, "text", rows.stream().map(r -> r.record.entityType()).toList()));
      append.setArray(9, array(connection, "bigint", rows.stream().map(Row::version).toList()));
      append.setArray(10, array(connection, "int", rows.stream().map(Row::remaining).toList()));
      append.setObject(11, rows.stream().map(Row::payload).toArray(byte[][]::new));
      try (var answer = append.executeQuery()) {
        answer.next();
        boolean stale = answer.getArray("stale_stream") != null;
        return stale ? null : answer.getLong("head_before") + rows.size();
      }
    }
  }

  private record Row(RecordRef record, long version, int remaining, byte[] payload) {}

  private static List<Row> rows(List<SaidTogether> units, Map<RecordRef, Long> believed) {
    Map<RecordRef, Long> versions = new LinkedHashMap<>(believed);
    var rows = new ArrayList<Row>();
    for (var unit : units) {
      int remaining = unit.events.size();
      for (var said : unit.events) {
        remaining--;
        long version = versions.merge(said.record, 1L, Long::sum);
        rows.add(
            new Row(said.record, version, remaining, EventJson.write(unit.origin, said.event)));
      }
    }
    return rows;
  }

  private static long version(Connection connection, RecordRef record) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "SELECT coalesce(max(version), -1) AS version FROM log.event"
                + " WHERE record_id = ? AND entity_type = ?")) {
      statement.setObject(1, record.id());
      statement.setString(2, record.entityType());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong("version");
      }
    }
  }

  private static Array array(Connection connection, String type, List<?> values)
      throws SQLException {
    return connection.createArrayOf(type, values.toArray());
  }
}
