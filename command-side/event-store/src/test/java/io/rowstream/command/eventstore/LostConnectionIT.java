package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.eventlog.LogHead;
import io.rowstream.language.RecordRef;
import io.rowstream.testkit.AppendTraffic;
import io.rowstream.testkit.EventStoreContract.Answer;
import io.rowstream.testkit.EventStoreContract.Attempt;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.Seed;
import io.rowstream.testkit.TcpProxy;
import io.rowstream.testkit.WholeLog;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/// Connections break at the worst moment; what was answered stays true and nothing is written
/// twice.
class LostConnectionIT {
  private static final int RECONNECT_MILLIS = 100;

  private final RecordRef ada = new RecordRef("contact", UUID.randomUUID());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private LogDatabase database;
  private TcpProxy proxy;
  private CountingDataSource source;
  private GroupCommitStore store;

  @BeforeEach
  void start() {
    database = LogDatabase.create();
    proxy = database.proxy();
    source = new CountingDataSource(through(proxy));
    store =
        GroupCommitStore.start(source.dataSource(), settings(Duration.ofMillis(RECONNECT_MILLIS)));
  }

  @AfterEach
  void stop() {
    store.close();
    threads.close();
    proxy.close();
    database.close();
  }

  @Test
  void an_append_whose_reply_is_lost_is_answered_written_and_stands_once() throws Exception {
    store.append(Attempt.changing(Map.of(ada, -1L)));
    proxy.holdReplies();
    var answer = threads.submit(() -> store.append(Attempt.changing(Map.of(ada, 0L))));
    await().until(() -> head() == 2);

    cut();

    assertThat(((Answer.Written) answer.get()).position()).isEqualTo(2);
    assertThat(WholeLog.read(database.owner())).hasSize(2);
    assertThat(store.append(Attempt.changing(Map.of(ada, 1L)))).isInstanceOf(Answer.Written.class);
  }

  @Test
  void an_append_that_did_not_reach_the_server_is_written_over_the_next_connection()
      throws Exception {
    proxy.silence();
    var answer = threads.submit(() -> store.append(Attempt.changing(Map.of(ada, -1L))));
    await().until(() -> source.queries.get() > 0 && store.groupCommit().queued() == 0);

    cut();

    assertThat(((Answer.Written) answer.get()).position()).isEqualTo(1);
    assertThat(WholeLog.read(database.owner())).hasSize(1);
  }

  @Test
  void an_append_still_running_on_the_lost_connection_is_not_written_twice() throws Exception {
    assertThat(cutWhileWaiting(Attempt.changing(Map.of(ada, -1L))))
        .isInstanceOf(Answer.Written.class);
    assertThat(WholeLog.read(database.owner())).hasSize(1);
  }

  @Test
  void a_repeatable_append_still_running_on_the_lost_connection_gets_its_own_outcome()
      throws Exception {
    assertThat(cutWhileWaiting(Attempt.changing(Map.of(ada, -1L)).repeatable()))
        .isEqualTo(new Answer.Known("digest of content", "outcome of content", 1));
    assertThat(WholeLog.read(database.owner())).hasSize(1);
  }

  /// The server goes on with the append of a client that is gone, beside its repetition.
  private Answer cutWhileWaiting(Attempt attempt) throws Exception {
    Future<Answer> answer;
    try (var held = HeldHead.take(database)) {
      answer = threads.submit(() -> store.append(attempt));
      held.awaitWaiting(1);
      proxy.cutAll();
      held.awaitWaiting(2);
    }
    return answer.get();
  }

  @Test
  void an_outcome_whose_reply_is_lost_is_kept_once() throws Exception {
    var refusal = Attempt.confirming("asked", Map.of(ada, -1L)).repeatable();
    proxy.holdReplies();
    var answer = threads.submit(() -> store.append(refusal));
    await().until(() -> outcomes() == 1);

    cut();

    assertThat(answer.get())
        .isEqualTo(new Answer.Known("digest of content", "outcome of content", 0));
    assertThat(outcomes()).isEqualTo(1);
  }

  @Test
  void cuts_at_random_lose_nothing_and_never_lie() throws Exception {
    try (var traffic = new AppendTraffic(Seed.ofThisRun(), 20)) {
      traffic.start(store, 40, Integer.MAX_VALUE);
      for (int cut = 0; cut < 20; cut++) {
        long before = traffic.acknowledged();
        await()
            .pollInterval(Duration.ofMillis(3))
            .atMost(Duration.ofSeconds(30))
            .until(() -> traffic.acknowledged() > before + 20);
        if (cut % 2 == 0) {
          proxy.holdReplies();
        }
        cut();
      }
      traffic.stop();

      assertThat(traffic.told().stream().map(AppendTraffic.Told::answer))
          .noneMatch(Answer.Failed.class::isInstance);
      traffic.verify(database.owner());
    }
  }

  @Test
  void connections_that_break_at_every_append_are_not_made_in_a_hurry() throws Exception {
    var counted = new CountingDataSource(database.owner());
    try (var calm = GroupCommitStore.start(counted.dataSource(), settings(Duration.ofMillis(700)));
        var connection = database.owner().getConnection();
        var terminate =
            connection.prepareStatement(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'
                """)) {
      Future<Answer> answer;
      long start = System.nanoTime();
      try (var _ = HeldHead.take(database)) {
        answer = threads.submit(() -> calm.append(Attempt.changing(Map.of(ada, -1L))));
        while (System.nanoTime() - start < 3_000_000_000L) {
          terminate.execute();
        }
      }

      assertThat(answer.get()).isInstanceOf(Answer.Written.class);
      long intervals = (System.nanoTime() - start) / 1_000_000 / 700;
      assertThat(counted.connections).hasValueLessThanOrEqualTo((int) intervals + 2);
    }
  }

  @Test
  void a_database_that_is_away_is_not_asked_in_a_hurry() throws Exception {
    proxy.refuse();
    proxy.cutAll();
    var answer = threads.submit(() -> store.append(Attempt.changing(Map.of(ada, -1L))));
    int before = source.connections.get();
    long start = System.nanoTime();
    await().until(() -> source.connections.get() - before >= 10);
    long intervals = (System.nanoTime() - start) / 1_000_000 / RECONNECT_MILLIS;
    proxy.accept();

    assertThat(intervals).isGreaterThanOrEqualTo(8);
    assertThat(answer.get()).isInstanceOf(Answer.Written.class);
  }

  @Test
  void a_log_with_another_epoch_is_not_written_to_after_a_reconnect() throws Exception {
    database.execute("UPDATE log.head SET epoch = gen_random_uuid()");
    proxy.cutAll();

    var answers = new ArrayList<Answer>();
    answers.add(store.append(Attempt.changing(Map.of(ada, -1L))));
    await().until(() -> !store.groupCommit().isHealthy());
    answers.add(store.append(Attempt.changing(Map.of(ada, -1L))));

    assertThat(answers).hasOnlyElementsOfType(Answer.Failed.class);
    assertThat(head()).isZero();
  }

  private void cut() {
    proxy.cutAll();
    proxy.release();
  }

  private long head() throws SQLException {
    try (var connection = database.owner().getConnection()) {
      return LogHead.read(connection).position();
    }
  }

  private int outcomes() throws SQLException {
    try (var connection = database.owner().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) AS kept FROM log.command_outcome")) {
      rows.next();
      return rows.getInt("kept");
    }
  }

  private DataSource through(TcpProxy port) {
    var url = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl("jdbc:postgresql://localhost:" + port.port() + url.getPath());
    dataSource.setUser(database.user());
    dataSource.setPassword(database.password());
    return dataSource;
  }

  private static GroupCommitSettings settings(Duration reconnectInterval) {
    var settings = GroupCommitSettings.DEFAULT;
    return new GroupCommitSettings(
        settings.batchCommandsMax(),
        settings.batchBytesMax(),
        settings.queueCommandsMax(),
        Duration.ofSeconds(30),
        settings.lockTimeout(),
        reconnectInterval,
        settings.knownHeadsMax());
  }
}
