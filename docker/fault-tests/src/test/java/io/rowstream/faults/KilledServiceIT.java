package io.rowstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.faults.Traffic.Write;
import io.rowstream.testkit.PostgresProcess;
import io.rowstream.testkit.SseClient;
import io.rowstream.testkit.TcpProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The service is killed with -9 around a commit, started again, and every client repeats what it
/// sent, under the same key. What it creates gets numbers, which are not given twice either. A
/// watcher goes on where it was cut and has every event once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledServiceIT {
  private static final int CLIENTS = 40;
  private static final String WATCH = "/api/watch?entity=incidents&from=start";
  private static final Duration MOMENT_MAX = Duration.ofSeconds(30);

  private Path directory;
  private PostgresProcess postgres;
  private Connection direct;
  private TcpProxy proxy;
  private ServiceProcess service;
  private Traffic traffic;
  private SseClient watch;

  @BeforeAll
  void startPostgres(@TempDir Path temporary) throws SQLException {
    directory = temporary;
    postgres = PostgresProcess.start(directory.resolve("data"));
    direct = DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "");
  }

  @BeforeEach
  void startService() throws Exception {
    proxy = TcpProxy.to("127.0.0.1", postgres.port());
    service = start(proxy.port());
    watch = SseClient.open(service.uri(WATCH));
    traffic = new Traffic(CLIENTS);
    join(traffic.send(traffic.beginnings(), service::uri));
    assertThat(traffic.acknowledged()).hasSize(CLIENTS);
    traffic.forgetAcknowledgements();
  }

  @AfterEach
  void stopService() {
    watch.close();
    traffic.close();
    service.close();
    proxy.close();
  }

  @AfterAll
  void stopPostgres() throws SQLException {
    direct.close();
    postgres.close();
  }

  @Test
  void killed_before_anything_is_written() throws Exception {
    try (var lock = holdHead()) {
      List<Thread> clients = traffic.send(traffic.all(), service::uri);
      awaitWriterWaiting();
      service.kill9();
      join(clients);
      assertThat(traffic.acknowledged()).isEmpty();
      lock.rollback();
    }
    everyCommandHasOneOutcomeAfterRestart();
  }

  @Test
  void killed_after_the_insert_and_the_transaction_dies_with_it() throws Exception {
    join(killBetweenInsertAndCommit(traffic.all(), true));
    assertThat(traffic.acknowledged()).isEmpty();
    everyCommandHasOneOutcomeAfterRestart();
  }

  @Test
  void killed_after_the_insert_and_the_transaction_commits_all_the_same() throws Exception {
    long before = head();
    join(killBetweenInsertAndCommit(traffic.updates(), false));
    assertThat(traffic.acknowledged()).isEmpty();
    assertThat(head()).as("updates nobody was told about").isGreaterThan(before);
    everyCommandHasOneOutcomeAfterRestart();
  }

  @Test
  void killed_after_the_commit_before_the_answer() throws Exception {
    long before = head();
    List<Thread> clients;
    try (var lock = holdHead()) {
      clients = traffic.send(traffic.all(), service::uri);
      awaitWriterWaiting();
      proxy.holdReplies();
      lock.rollback();
    }
    Awaitility.await("a commit").atMost(MOMENT_MAX).until(() -> head() > before);
    service.kill9();
    join(clients);
    assertThat(traffic.acknowledged()).isEmpty();
    everyCommandHasOneOutcomeAfterRestart();
  }

  @Test
  void killed_as_soon_as_an_update_is_answered() throws Exception {
    List<Thread> clients = traffic.send(traffic.all(), service::uri);
    Awaitility.await("an answer")
        .atMost(MOMENT_MAX)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> traffic.updates().stream().anyMatch(traffic.acknowledged()::containsKey));
    service.kill9();
    join(clients);
    Verdict.everyAcknowledgedCommandIsThereOnce(direct, traffic);
    everyCommandHasOneOutcomeAfterRestart();
  }

  private void everyCommandHasOneOutcomeAfterRestart() throws Exception {
    var before = traffic.acknowledged();
    traffic.forgetAcknowledgements();
    service = start(postgres.port());
    var told = new ArrayList<>(watch.leave());
    watch = SseClient.open(service.uri(WATCH), watch.lastId());
    join(traffic.send(traffic.all(), service::uri));
    assertThat(traffic.refused()).isEmpty();
    var first = traffic.acknowledged();
    assertThat(first).hasSize(2 * CLIENTS).containsAllEntriesOf(before);
    Verdict.everyAcknowledgedCommandIsThereOnce(direct, traffic);

    traffic.forgetAcknowledgements();
    join(traffic.send(traffic.all(), service::uri));
    assertThat(traffic.acknowledged()).as("repeated once more").isEqualTo(first);
    Verdict.everyAcknowledgedCommandIsThereOnce(direct, traffic);
    Verdict.noNumberWasGivenTwice(direct);
    Verdict.theLogIsDense(direct);
    long head = head();
    watch.await(MOMENT_MAX, event -> event.position() >= head);
    told.addAll(watch.received());
    Verdict.everyEventWasToldOnceInOrder(direct, told);
  }

  private List<Thread> killBetweenInsertAndCommit(List<Write> writes, boolean endTransaction)
      throws Exception {
    try (var gate = DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "");
        var statement = gate.createStatement()) {
      statement.execute(
          """
          CREATE OR REPLACE FUNCTION log.wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END $$;
          CREATE CONSTRAINT TRIGGER wait_at_commit AFTER INSERT ON log.event
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION log.wait_at_commit();
          SELECT pg_advisory_lock(4711);
          """);
      List<Thread> clients = traffic.send(writes, service::uri);
      awaitWriterWaiting();
      service.kill9();
      if (endTransaction) {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = 'rowstream-writer'");
      }
      statement.execute("SELECT pg_advisory_unlock(4711)");
      Awaitility.await("the old session to end").atMost(MOMENT_MAX).until(() -> writers("") == 0);
      statement.execute("DROP TRIGGER wait_at_commit ON log.event");
      return clients;
    }
  }

  private ServiceProcess start(int postgresPort) {
    return ServiceProcess.start(
        directory.resolve("service.log"),
        "--rowstream.postgres.url=jdbc:postgresql://127.0.0.1:" + postgresPort + "/postgres");
  }

  private Connection holdHead() throws SQLException {
    var connection = DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "");
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT position FROM log.head FOR UPDATE");
    }
    return connection;
  }

  private void awaitWriterWaiting() {
    Awaitility.await("the writer to wait")
        .atMost(MOMENT_MAX)
        .until(() -> writers("AND wait_event_type = 'Lock'") > 0);
  }

  private long writers(String condition) throws SQLException {
    return number(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'rowstream-writer' "
            + condition);
  }

  private long head() throws SQLException {
    return number("SELECT position FROM log.head");
  }

  private long number(String sql) throws SQLException {
    try (var statement = direct.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void join(List<Thread> clients) throws InterruptedException {
    for (Thread client : clients) {
      client.join(Duration.ofSeconds(60));
    }
  }
}
