package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.testkit.Json;
import io.rowstream.testkit.SseEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;

/// What the log says a watcher should have got, and what one did get, in the same words.
final class Truth {

  private Truth() {}

  /// One change: `position of its unit's end`, record, version.
  record Seen(long unit, RecordRef record, long version) {}

  /// Every event of the matching records, from PostgreSQL itself.
  static List<Seen> ofTheLog(DataSource owner, Predicate<RecordRef> matching) throws SQLException {
    var all = new ArrayList<Seen>();
    try (var connection = owner.getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT position + remaining AS unit, entity_type, record_id, version
                  FROM log.event
                 ORDER BY position
                """)) {
      while (rows.next()) {
        var record =
            new RecordRef(rows.getString("entity_type"), rows.getObject("record_id", UUID.class));
        if (matching.test(record)) {
          all.add(new Seen(rows.getLong("unit"), record, rows.getLong("version")));
        }
      }
    }
    return all;
  }

  /// The changes in the frames, in the order they came.
  static List<Seen> ofTheWatch(List<SseEvent> received) {
    var all = new ArrayList<Seen>();
    for (var event : received) {
      if (event.is("change")) {
        for (Object change : event.changes()) {
          all.add(new Seen(event.position(), record(change), version(change)));
        }
      }
    }
    return all;
  }

  static RecordRef record(Object change) {
    return new RecordRef(
        String.valueOf(Json.at(change, "entity")),
        UUID.fromString(String.valueOf(Json.at(change, "id"))));
  }

  static long version(Object change) {
    return Json.at(change, "rowVersion") instanceof Long version ? version : -1;
  }

  /// G1, G2 and G6 of everything one client got, over all its connections: positions only rise,
  /// each record's versions rise by one, and no bookmark was ahead of a change that came later.
  static void assertOrdered(List<SseEvent> received) {
    long lastChange = 0;
    long lastPosition = 0;
    Map<RecordRef, Long> versions = new HashMap<>();
    for (var event : received) {
      long position = event.position();
      if (event.is("change")) {
        assertThat(position).as("position of %s", event).isGreaterThan(lastPosition);
        assertThat(position).isGreaterThan(lastChange);
        lastChange = position;
        for (Object change : event.changes()) {
          Long before = versions.put(record(change), version(change));
          if (before != null) {
            assertThat(version(change)).as("version in %s", event).isEqualTo(before + 1);
          }
        }
      } else if (!event.is("snapshot") && !event.is("reset")) {
        assertThat(position).as("position of %s", event).isGreaterThanOrEqualTo(lastPosition);
      }
      lastPosition = Math.max(lastPosition, position);
    }
  }
}
