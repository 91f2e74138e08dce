package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.testkit.LogDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Polls that wait cost next to nothing, are counted, and leave nothing behind.
class WaitingPollsIT {
  private static final int MANY = 200;

  private LogDatabase database;
  private WatchServer server;
  private final List<Socket> clients = new ArrayList<>();

  @BeforeEach
  void start() {
    database = LogDatabase.create();
    // With the default bookmarks nothing is written that would show that a client has gone.
    server =
        WatchServer.start(
            database.reader(),
            EventFeedSettings.DEFAULT,
            WatchSettings.DEFAULT.withWatchersMax(MANY));
  }

  @AfterEach
  void stop() throws IOException {
    hangUp();
    server.close();
    database.close();
  }

  @Test
  void who_waits_holds_no_thread_and_no_database_connection() throws Exception {
    ask(1);
    int threads = Thread.getAllStackTraces().size();
    int connections = connections();
    ask(MANY - 1);

    assertThat(Thread.getAllStackTraces().size()).isLessThan(threads + 10);
    assertThat(connections()).isLessThanOrEqualTo(connections);
  }

  @Test
  void one_poll_too_many_is_a_503_until_another_ends() throws IOException {
    ask(MANY);
    var refused = Polled.get(server.changes("wait=30"));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.response().body()).contains("0x80072322");

    clients.removeFirst().close();
    await().until(() -> server.watch().watchers() < MANY);
    assertThat(Polled.get(server.changes("")).status()).isEqualTo(200);
  }

  @Test
  void clients_that_hang_up_while_they_wait_leave_nothing_behind() throws IOException {
    ask(MANY);
    hangUp();

    await().atMost(Duration.ofSeconds(3)).until(() -> server.watch().watchers() == 0);
    assertThat(server.watch().groups()).isZero();
  }

  @Test
  void polls_that_are_answered_leave_nothing_behind() {
    for (int i = 0; i < 3 * MANY; i++) {
      assertThat(Polled.get(server.changes("entity=contacts")).status()).isEqualTo(200);
    }
    await().until(() -> server.watch().watchers() == 0);
    assertThat(server.watch().groups()).isZero();
  }

  private void ask(int polls) throws IOException {
    int before = server.watch().watchers();
    for (int i = 0; i < polls; i++) {
      var client = new Socket(InetAddress.getLoopbackAddress(), server.port());
      clients.add(client);
      var request =
          "GET /api/changes?wait=60&"
              + Sample.of(Sample.contact())
              + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }
    await()
        .atMost(Sample.SOON)
        .until(() ->
            server.watch().watchers() == before + polls
                && server.watch().groups() == before + polls);
  }

  private void hangUp() throws IOException {
    for (var client : clients) {
      client.close();
    }
    clients.clear();
  }

  private int connections() throws SQLException {
    try (var connection = database.owner().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()")) {
      rows.next();
      return rows.getInt("n");
    }
  }
}
