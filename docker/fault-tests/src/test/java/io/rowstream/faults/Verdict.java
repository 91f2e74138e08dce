package io.rowstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Holds what clients were told against what stands in the log.
final class Verdict {

  private Verdict() {}

  static void everyAcknowledgedCommandIsThereOnce(Connection connection, Traffic traffic)
      throws SQLException {
    Map<UUID, Long> positions = new HashMap<>();
    try (var statement =
            connection.prepareStatement(
                "SELECT record_id, position, version FROM log.event WHERE entity_type ="
                    + " 'incident'");
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        UUID record = rows.getObject("record_id", UUID.class);
        assertThat(rows.getLong("version")).as("one event for %s", record).isIn(0L);
        positions.put(record, rows.getLong("position"));
      }
    }
    traffic
        .acknowledged()
        .forEach((commandId, answer) ->
            assertThat(answer)
                .isEqualTo("W/\"0\"@" + positions.getOrDefault(traffic.record(commandId), -1L)));
  }

  static void noNumberWasGivenTwice(Connection connection) throws SQLException {
    try (var statement =
            connection.prepareStatement(
                """
                SELECT count(*) AS records,
                       count(DISTINCT substring(payload #>> '{values,ticketnumber}' FROM '[0-9]+')) AS numbers
                  FROM log.readable
                 WHERE entity_type = 'incident'
                """);
        var rows = statement.executeQuery()) {
      rows.next();
      assertThat(rows.getLong("numbers")).isEqualTo(rows.getLong("records")).isPositive();
    }
  }

  static void theLogIsDense(Connection connection) throws SQLException {
    try (var statement =
            connection.prepareStatement(
                """
                SELECT (SELECT position FROM log.head) AS head,
                       (SELECT count(*) FROM log.event) AS events,
                       (SELECT coalesce(max(position), 0) FROM log.event) AS last,
                       (SELECT count(*) FROM (SELECT record_id, entity_type FROM log.event
                                               GROUP BY record_id, entity_type
                                              HAVING count(*) <> max(version) + 1) AS holed) AS holed
                """);
        var rows = statement.executeQuery()) {
      rows.next();
      assertThat(rows.getLong("events")).isEqualTo(rows.getLong("head"));
      assertThat(rows.getLong("last")).isEqualTo(rows.getLong("head"));
      assertThat(rows.getLong("holed")).isZero();
    }
  }
}
