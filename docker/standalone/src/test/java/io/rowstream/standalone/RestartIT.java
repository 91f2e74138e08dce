package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import io.rowstream.testkit.SseClient;
import io.rowstream.testkit.SseEvent;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a service that knows nothing yet finds in the log.
class RestartIT {
  private static final int EVENTS = 100_000;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String STATE = "/api/watch?entity=incidents&initial=true";

  @AutoClose private final RunningService service = new RunningService();

  @Test
  void a_record_with_100_000_events_is_loaded_from_its_snapshot_alone() throws Exception {
    String contact = service.contact("{\"fullname\":\"Nancy\",\"jobtitle\":\"0\"}");
    String id = contact.substring(contact.indexOf('(') + 1, contact.indexOf(')'));
    write(id);
    Awaitility.await()
        .atMost(SOON)
        .until(() -> service.etag(contact).equals("W/\"" + (EVENTS - 1) + "\""));
    service.done("PATCH", contact, "{\"jobtitle\":\"x\"}");
    Awaitility.await().atMost(SOON).until(() -> snapshots(id).equals(List.of("" + EVENTS)));

    execute(
        "UPDATE log.event SET payload = '\\x00' WHERE version < 80000 AND record_id = '"
            + id
            + "'");
    service.restart();

    var patched =
        service.done("PATCH", contact, "{\"jobtitle\":\"y\"}", "If-Match", "W/\"" + EVENTS + "\"");
    assertThat(patched.headers().firstValue("ETag")).contains("W/\"" + (EVENTS + 1) + "\"");
  }

  @Test
  void a_state_interrupted_by_a_restart_goes_on_as_of_the_same_position() throws Exception {
    var expected = new HashMap<String, Long>();
    for (int i = 0; i < 20; i++) {
      String path = service.pathOf(service.done("POST", "incidents", "{\"title\":\"n" + i + "\"}"));
      expected.put(path.substring(path.indexOf('(') + 1, path.indexOf(')')), 0L);
    }
    // A state is as of where the feed is, which is no less far than what is projected.
    service.get("incidents?$top=1");
    var received = new ArrayList<SseEvent>();
    String cursor = "";
    for (int part = 0; part < 4; part++) {
      try (var watch = SseClient.open(uri(), cursor)) {
        var first = watch.await(SOON, "snapshot");
        received.add(first);
        cursor = first.id();
      }
      service.done(
          "PATCH",
          "incidents(" + idOf(received.getFirst()) + ")",
          "{\"title\":\"later " + part + "\"}");
      if (part % 2 == 1) {
        service.restart();
      }
    }
    try (var watch = SseClient.open(uri(), cursor)) {
      watch.await(SOON, "caught-up");
      received.addAll(watch.received());
    }

    var state = new HashMap<String, Long>();
    received.stream()
        .filter(event -> event.is("snapshot"))
        .forEach(item ->
            assertThat(state.put(idOf(item), (Long) item.json().get("rowVersion"))).isNull());
    assertThat(state).containsAllEntriesOf(expected);
    assertThat(received.stream().filter(event -> event.is("change")))
        .extracting(event -> Json.at(event.json(), "changes", 0, "rowVersion"))
        .containsExactly(1L, 2L, 3L, 4L);
  }

  private static String idOf(SseEvent item) {
    return String.valueOf(item.json().get("id"));
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + service.port() + STATE);
  }

  /// Writes the rest of a record's events past the service, which would take a while.
  private void write(String id) throws SQLException {
    execute(
        """
        INSERT INTO log.event
        SELECT head.position + n, '%1$s', 'contact', n, 0, now(),
               convert_to(
                 format('{"event":"updated","shape":1,"command":"c%%s",
                   "actor":"11111111-1111-4111-8111-111111111111",
                   "changes":{"jobtitle":["%%s","%%s"]}}', n, n - 1, n), 'UTF8')
          FROM log.head, generate_series(1, %2$d) n;
        UPDATE log.head SET position = position + %2$d
        """
            .formatted(id, EVENTS - 1));
  }

  private void execute(String sql) throws SQLException {
    try (var connection = service.owner().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> snapshots(String id) throws SQLException {
    try (var connection = service.owner().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT version FROM log.snapshot WHERE record_id = '" + id + "'")) {
      var versions = new ArrayList<String>();
      while (rows.next()) {
        versions.add(rows.getString(1));
      }
      return versions;
    }
  }
}
