package io.rowstream.standalone.wire;

import static io.rowstream.standalone.wire.WireRequest.ROOT;
import static io.rowstream.standalone.wire.WireRequest.get;
import static io.rowstream.standalone.wire.WireRequest.head;
import static io.rowstream.standalone.wire.WireRequest.joined;
import static io.rowstream.standalone.wire.WireRequest.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Clients hang up whenever they like; the service does not notice much.
class ClientsThatLeaveIT {
  private static final Duration NOTICED = Duration.ofMillis(500);
  private static final String WAITING = "Lock";
  private static final String ALL = "%";

  private static WireService service;

  @BeforeAll
  static void start() {
    service = new WireService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void a_client_that_leaves_takes_no_database_connection_with_it() throws Exception {
    try (Connection other = service.owner().getConnection();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE view.record IN ACCESS EXCLUSIVE MODE");
      Set<Integer> waiting;
      try (var connection = new WireConnection(service.port())) {
        connection.send(get(ROOT + "contacts"));
        waiting = await().until(() -> lists(WAITING), pids -> !pids.isEmpty());
      }
      await().during(NOTICED).until(() -> lists(WAITING), waiting::equals);

      other.rollback();
      await().during(NOTICED).until(() -> lists(ALL), all -> all.containsAll(waiting));
    }
  }

  @Test
  void a_body_that_does_not_come_to_its_end_is_not_carried_out() {
    long before = service.position();
    for (String length : new String[] {"Content-Length: 3", "Transfer-Encoding: chunked"}) {
      try (var connection = new WireConnection(service.port())) {
        connection.sendAll(
            joined(
                head("POST " + ROOT + "contacts HTTP/1.1", "Host: localhost", length),
                octets(length.endsWith("3") ? "{}" : "2\r\n{}\r\n")));
        while (connection.hasMore()) {
          connection.read(false).assertIsRefusal();
        }
      }
    }

    assertThat(service.position()).isEqualTo(before);
  }

  private static Set<Integer> lists(String wanted) throws SQLException {
    try (var connection = service.owner().getConnection();
        var statement =
            connection.prepareStatement(
                """
                SELECT pid
                  FROM pg_stat_activity
                 WHERE datname = current_database()
                   AND application_name = 'rowstream-records'
                   AND coalesce(wait_event_type, '') LIKE ?
                """)) {
      statement.setString(1, wanted);
      var pids = new HashSet<Integer>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          pids.add(rows.getInt("pid"));
        }
      }
      return pids;
    }
  }
}
