package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.language.RecordRef;
import io.rowstream.testkit.AppendTraffic;
import io.rowstream.testkit.EventStoreContract.Answer;
import io.rowstream.testkit.EventStoreContract.Attempt;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.Seed;
import io.rowstream.testkit.SettableClock;
import io.rowstream.testkit.WholeLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/// Other sessions of the same database, and what they can and cannot hold up.
class OtherSessionsIT {
  private final RecordRef ada = new RecordRef("contact", UUID.randomUUID());
  private LogDatabase database;

  @BeforeEach
  void createDatabase() {
    database = LogDatabase.create();
  }

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void an_idle_transaction_and_a_long_report_do_not_hold_up_appends() throws Exception {
    database.execute("CREATE TABLE public.other (n int)");
    try (var store = GroupCommitStore.start(database.owner());
        var idle = database.owner().getConnection();
        var report = database.owner().getConnection();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var traffic = new AppendTraffic(Seed.ofThisRun(), 20)) {
      traffic.start(store, 1, 10).finish();
      idle.setAutoCommit(false);
      execute(idle, "INSERT INTO public.other VALUES (1)");
      execute(idle, "SELECT count(*) FROM log.event, log.head");
      report.setAutoCommit(false);
      report.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      execute(report, "SELECT count(*) FROM log.event");
      var running = threads.submit(() -> execute(report, "SELECT pg_sleep(600) FROM log.event"));

      traffic.start(store, 20, 50).finish();

      assertThat(running.isDone()).isFalse();
      assertThat(traffic.told().stream().map(AppendTraffic.Told::answer))
          .noneMatch(Answer.Failed.class::isInstance);
      traffic.verify(database.owner());
      report.unwrap(PGConnection.class).cancelQuery();
    }
  }

  @Test
  void a_hung_writer_holds_the_others_up_no_longer_than_its_guard() throws Exception {
    var settings = GroupCommitSettings.DEFAULT;
    try (var store = GroupCommitStore.start(database.owner());
        var hung = WriterConnection.open(database.owner(), settings.lockTimeout())) {
      hung.connection.setAutoCommit(false);
      execute(hung.connection, "SELECT position FROM log.head FOR NO KEY UPDATE");

      long start = System.nanoTime();
      var answer = store.append(Attempt.changing(Map.of(ada, -1L)));
      var taken = Duration.ofNanos(System.nanoTime() - start);

      assertThat(answer).isInstanceOf(Answer.Written.class);
      assertThat(taken).isBetween(Duration.ofSeconds(4), settings.appendTimeout());
      assertThatThrownBy(() -> execute(hung.connection, "SELECT 1"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(WholeLog.read(database.owner())).hasSize(1);
  }

  @Test
  void a_clock_that_runs_behind_never_makes_time_run_backwards() throws Exception {
    var clock = SettableClock.at(Instant.parse("2026-11-20T12:00:00Z"));
    try (var store =
        new GroupCommitStore(
            GroupCommit.start(database.owner(), GroupCommitSettings.DEFAULT, clock))) {
      var first = (Answer.Written) store.append(Attempt.changing(Map.of(ada, -1L)));
      clock.advance(Duration.ofMinutes(-10));
      var second = (Answer.Written) store.append(Attempt.changing(Map.of(ada, 0L)));
      clock.advance(Duration.ofMinutes(20));
      var third = (Answer.Written) store.append(Attempt.changing(Map.of(ada, 1L)));

      assertThat(second.committedOn()).isEqualTo(first.committedOn());
      assertThat(third.committedOn()).isEqualTo(Instant.parse("2026-11-20T12:10:00Z"));
    }
    WholeLog.read(database.owner());
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }
}
