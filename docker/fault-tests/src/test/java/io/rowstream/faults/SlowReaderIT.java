package io.rowstream.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.testkit.PostgresProcess;
import io.rowstream.testkit.SseClient;
import io.rowstream.testkit.SseEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A watcher that was away for longer than stores with a gap time-out wait for a late commit, while
/// others wrote and transactions stood open at the log's head and elsewhere.
class SlowReaderIT {
  private static final Duration AWAY = Duration.ofSeconds(70);
  private static final Duration HEAD_HELD = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int WRITERS = 4;
  private static final int COMMANDS_AT_ONCE = 10;

  @Test
  void resumed_after_70_seconds_it_misses_nothing(@TempDir Path directory) throws Exception {
    try (var postgres = PostgresProcess.start(directory.resolve("data"));
        var direct = connect(postgres);
        var idle = connect(postgres);
        var service =
            ServiceProcess.start(
                directory.resolve("service.log"),
                "--rowstream.postgres.url=" + postgres.jdbcUrl("postgres"))) {
      idle.setAutoCommit(false);
      execute(idle, "CREATE TABLE public.of_an_idle_transaction (x int)");
      send(service);

      String cursor;
      final long last;
      try (var watch = SseClient.open(service.uri("/api/watch?entity=incidents&from=start"))) {
        watch.await(SOON, "caught-up");
        last =
            watch.leave().reversed().stream()
                .filter(e -> e.is("change"))
                .findFirst()
                .orElseThrow()
                .position();
        cursor = watch.lastId();
      }
      writeWhileAway(service, postgres);

      var missed = incidents(direct).stream().filter(position -> position > last).toList();
      assertThat(missed).hasSizeGreaterThan(1_000);
      try (var watch = SseClient.open(service.uri("/api/watch?entity=incidents"), cursor)) {
        watch.await(SOON, "change", missed.getLast());
        assertThat(watch.received("change")).extracting(SseEvent::position).isEqualTo(missed);
      }
    }
  }

  private static void writeWhileAway(ServiceProcess service, PostgresProcess postgres)
      throws Exception {
    long end = System.nanoTime() + AWAY.toNanos();
    var tasks =
        new ArrayList<Callable<Void>>(
            Collections.nCopies(
                WRITERS,
                () -> {
                  while (System.nanoTime() < end) {
                    send(service);
                  }
                  return null;
                }));
    tasks.add(() -> {
      while (System.nanoTime() < end) {
        holdHead(postgres);
      }
      return null;
    });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var task : threads.invokeAll(tasks)) {
        task.get();
      }
    }
  }

  private static void send(ServiceProcess service) throws InterruptedException {
    try (var traffic = new Traffic(COMMANDS_AT_ONCE)) {
      for (Thread client : traffic.send(traffic.beginnings(), service::uri)) {
        client.join();
      }
      assertThat(traffic.acknowledged()).hasSize(COMMANDS_AT_ONCE);
    }
  }

  /// A writer of its own kind: it takes the head's lock, writes, thinks, and gives up.
  private static void holdHead(PostgresProcess postgres) throws SQLException {
    try (var connection = connect(postgres)) {
      connection.setAutoCommit(false);
      execute(connection, "UPDATE log.head SET position = position + 1");
      await().pollDelay(HEAD_HELD).until(() -> true);
      connection.rollback();
    }
    await().pollDelay(HEAD_HELD).until(() -> true);
  }

  private static List<Long> incidents(Connection connection) throws SQLException {
    var positions = new ArrayList<Long>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT position FROM log.event WHERE entity_type = 'incident' ORDER BY position")) {
      while (rows.next()) {
        positions.add(rows.getLong(1));
      }
    }
    return positions;
  }

  private static Connection connect(PostgresProcess postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
