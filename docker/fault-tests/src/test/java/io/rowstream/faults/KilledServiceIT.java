package io.rowstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.PostgresProcess;
import io.rowstream.testkit.TcpProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
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
/// was told nothing about. What it creates gets numbers, which are not given twice either.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledServiceIT {
  private static final int COMMANDS = 40;
  private static final Duration MOMENT_MAX = Duration.ofSeconds(30);

  private Path directory;
  private PostgresProcess postgres;
  private Connection direct;
  private TcpProxy proxy;
  private ServiceProcess service;
  private Traffic traffic;

  @BeforeAll
  void startPostgres(@TempDir Path temporary) throws SQLException {
    directory = temporary;
    postgres = PostgresProcess.start(directory.resolve("data"));
    direct = DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "");
  }

  @BeforeEach
  void startService() {
    proxy = TcpProxy.to("127.0.0.1", postgres.port());
    service = start(proxy.port());
    traffic = new Traffic(COMMANDS);
  }

  @AfterEach
  void stopService() {
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
      List<Thread> clients = traffic.sendUnacknowledged(service::uri);
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
    List<Thread> clients = killBetweenInsertAndCommit(true);
    join(clients);
    assertThat(traffic.acknowledged()).isEmpty();
    everyCommandHasOneOutcomeAfterRestart();
  }

  @Test
  void killed_after_the_insert_and_the_transaction_commits_all_the_same() throws Exception {
    List<Thread> clients = killBetweenInsertAndCommit(false);
    join(clients);
    everyCommandHasOneOutcomeAfterRestart();
  }

  @Test
  void killed_after_the_commit_before_the_answer() throws Exception {
    long before = head();
    List<Thread> clients;
    try (var lock = holdHead()) {
      clients = traffic.sendUnacknowledged(service::uri);
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
  void killed_as_soon_as_somebody_is_answered() throws Exception {
    List<Thread> clients = traffic.sendUnacknowledged(service::uri);
    Awaitility.await("an answer")
        .atMost(MOMENT_MAX)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> !traffic.acknowledged().isEmpty());
    service.kill9();
    join(clients);
    Verdict.everyAcknowledgedCommandIsThereOnce(direct, traffic);
    everyCommandHasOneOutcomeAfterRestart();
  }

  private void everyCommandHasOneOutcomeAfterRestart() throws Exception {
    service = start(postgres.port());
    join(traffic.sendUnacknowledged(service::uri));
    var first = traffic.acknowledged();
    assertThat(first).hasSize(COMMANDS);
    Verdict.everyAcknowledgedCommandIsThereOnce(direct, traffic);

    traffic.forgetAcknowledgements();
    join(traffic.sendUnacknowledged(service::uri));
    assertThat(traffic.acknowledged()).as("repeated once more").isEqualTo(first);
    Verdict.everyAcknowledgedCommandIsThereOnce(direct, traffic);
    Verdict.noNumberWasGivenTwice(direct);
    Verdict.theLogIsDense(direct);
  }

  private List<Thread> killBetweenInsertAndCommit(boolean endTransaction) throws Exception {
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
      List<Thread> clients = traffic.sendUnacknowledged(service::uri);
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
