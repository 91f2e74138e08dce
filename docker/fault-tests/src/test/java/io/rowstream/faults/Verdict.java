package io.rowstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.faults.Traffic.Write;
import io.rowstream.testkit.Json;
import io.rowstream.testkit.SseEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds what clients were told against what stands in the log.
final class Verdict {

  private Verdict() {}

  private record Written(UUID record, @Nullable Object version) {
    static Written told(Object change) {
      return new Written(
          UUID.fromString(String.valueOf(Json.at(change, "id"))), Json.at(change, "rowVersion"));
    }
  }

  static void everyAcknowledgedCommandIsThereOnce(Connection connection, Traffic traffic)
      throws SQLException {
    Map<Written, Long> positions = incidents(connection);
    assertThat(positions.keySet()).extracting(Written::version).containsOnly(0L, 1L);
    assertAnswersNamed(positions, traffic);
  }

  private static void assertAnswersNamed(Map<Written, Long> positions, Traffic traffic) {
    traffic
        .acknowledged()
        .forEach((write, answer) ->
            assertThat(answer)
                .isEqualTo(
                    "W/\"%d\"@%d",
                    write.version(),
                    positions.getOrDefault(new Written(write.record(), write.version()), -1L)));
  }

  /// @param received what a watcher of all incidents got from the start, over all its connections
  static void everyEventWasToldOnceInOrder(Connection connection, List<SseEvent> received)
      throws SQLException {
    assertThat(told(received))
        .extracting(Told::written)
        .containsExactlyElementsOf(incidents(connection).keySet());
  }

  /// @param received what a watcher of all incidents got from the start, over all its connections
  /// @param writes how many of these clients there have been
  static void everyWriteWasToldOnce(List<SseEvent> received, Traffic traffic, int writes) {
    Set<UUID> records = traffic.all().stream().map(Write::record).collect(Collectors.toSet());
    List<Told> told =
        told(received).stream().filter(one -> records.contains(one.written().record())).toList();
    assertThat(told).hasSize(writes).isSortedAccordingTo(Comparator.comparingLong(Told::position));
    // Fails if one was told twice.
    assertAnswersNamed(
        told.stream().collect(Collectors.toMap(Told::written, Told::position)), traffic);
  }

  private record Told(Written written, long position) {}

  private static List<Told> told(List<SseEvent> received) {
    return received.stream()
        .filter(event -> event.is("change"))
        .flatMap(event ->
            event.changes().stream()
                .map(change -> new Told(Written.told(change), event.position())))
        .toList();
  }

  /// What was written, in the order of the log, and where.
  private static Map<Written, Long> incidents(Connection connection) throws SQLException {
    Map<Written, Long> positions = new LinkedHashMap<>();
    try (var statement =
            connection.prepareStatement(
                """
                SELECT record_id, position, version FROM log.event
                 WHERE entity_type = 'incident' ORDER BY position
                """);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        positions.put(
            new Written(rows.getObject("record_id", UUID.class), rows.getLong("version")),
            rows.getLong("position"));
      }
    }
    return positions;
  }

  static void noNumberWasGivenTwice(Connection connection) throws SQLException {
    try (var statement =
            connection.prepareStatement(
                """
                SELECT count(*) AS records,
                       count(DISTINCT substring(payload #>> '{values,ticketnumber}' FROM '[0-9]+')) AS numbers
                  FROM log.readable
                 WHERE entity_type = 'incident' AND version = 0
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
