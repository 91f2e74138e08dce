package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.command.eventstore.AppendFailedException.Meaning;
import io.rowstream.language.RecordRef;
import io.rowstream.testkit.AppendTraffic;
import io.rowstream.testkit.EventStoreContract.Answer;
import io.rowstream.testkit.EventStoreContract.Attempt;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import io.rowstream.testkit.Seed;
import io.rowstream.testkit.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/// The database is away for longer than a command waits.
class DatabaseAwayIT {
  private static final int QUEUE_MAX = 20;
  private static final Duration APPEND_TIMEOUT = Duration.ofSeconds(1);

  private LogDatabase database;
  private TcpProxy proxy;
  private GroupCommitStore store;

  @BeforeEach
  void start() {
    database = LogDatabase.create();
    proxy = database.proxy();
    var settings = GroupCommitSettings.DEFAULT;
    store =
        GroupCommitStore.start(
            through(proxy),
            new GroupCommitSettings(
                settings.batchCommandsMax(),
                settings.batchBytesMax(),
                QUEUE_MAX,
                APPEND_TIMEOUT,
                settings.lockTimeout(),
                Duration.ofMillis(100),
                settings.knownHeadsMax()));
  }

  @AfterEach
  void stop() {
    store.close();
    proxy.close();
    database.close();
  }

  @Test
  void commands_are_answered_in_bounded_time_and_the_store_recovers_by_itself() throws Exception {
    try (var traffic = new AppendTraffic(Seed.ofThisRun(), 20)) {
      traffic.start(store, 10, Integer.MAX_VALUE);
      await().until(() -> traffic.acknowledged() > 100);

      proxy.refuse();
      proxy.cutAll();
      await().until(() -> failures(traffic) >= 30);

      long before = traffic.acknowledged();
      proxy.accept();
      await().atMost(Duration.ofSeconds(20)).until(() -> traffic.acknowledged() > before + 100);
      traffic.stop();
      traffic.verify(database.owner());
    }
  }

  @Test
  void a_full_queue_refuses_at_once() {
    proxy.refuse();
    proxy.cutAll();

    var outcomes = Rendezvous.race(10 * QUEUE_MAX, this::timed);

    var told = Outcome.returned(outcomes);
    assertThat(told).hasSize(10 * QUEUE_MAX);
    var refused = told.stream().filter(t -> t.meaning() == Meaning.TOO_BUSY).toList();
    var unknown = told.stream().filter(t -> t.meaning() == Meaning.UNKNOWN).toList();
    assertThat(refused).hasSizeGreaterThanOrEqualTo(7 * QUEUE_MAX);
    assertThat(refused).allMatch(t -> t.taken().compareTo(APPEND_TIMEOUT) < 0);
    assertThat(unknown).isNotEmpty();
    assertThat(unknown).allMatch(t -> t.taken().compareTo(APPEND_TIMEOUT.multipliedBy(3)) < 0);
    assertThat(refused.size() + unknown.size()).isEqualTo(10 * QUEUE_MAX);
  }

  @Test
  void what_was_given_up_is_not_written_when_the_database_is_back() {
    proxy.refuse();
    proxy.cutAll();
    var ada = new RecordRef("contact", UUID.randomUUID());
    var givenUp = Rendezvous.race(5, () -> store.append(Attempt.changing(Map.of(ada, -1L))));
    assertThat(Outcome.returned(givenUp)).hasOnlyElementsOfType(Answer.Failed.class);

    proxy.accept();

    await()
        .until(() -> store.append(Attempt.confirming(Map.of(ada, -1L))) instanceof Answer.Written);
  }

  @Test
  void a_network_that_swallows_everything_holds_nobody_for_ever() throws Exception {
    try (var traffic = new AppendTraffic(Seed.ofThisRun(), 20)) {
      traffic.start(store, 10, Integer.MAX_VALUE);
      await().until(() -> traffic.acknowledged() > 100);

      proxy.silence();
      await().until(() -> failures(traffic) >= 20);

      long before = traffic.acknowledged();
      proxy.release();
      await().atMost(Duration.ofSeconds(20)).until(() -> traffic.acknowledged() > before + 100);
      traffic.stop();
      traffic.verify(database.owner());
    }
  }

  @Test
  void a_closed_store_refuses_at_once() {
    store.close();

    assertThat(timed().meaning()).isEqualTo(Meaning.STOPPED);
    assertThat(store.groupCommit().isHealthy()).isFalse();
  }

  private record Timed(Meaning meaning, Duration taken) {}

  private Timed timed() {
    long start = System.nanoTime();
    var record = new RecordRef("contact", UUID.randomUUID());
    var failed = (Answer.Failed) store.append(Attempt.changing(Map.of(record, -1L)));
    return new Timed(
        ((AppendFailedException) failed.cause()).meaning(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private static long failures(AppendTraffic traffic) {
    return traffic.told().stream().filter(t -> t.answer() instanceof Answer.Failed).count();
  }

  private PGSimpleDataSource through(TcpProxy port) {
    var url = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl("jdbc:postgresql://localhost:" + port.port() + url.getPath());
    dataSource.setUser(database.user());
    dataSource.setPassword(database.password());
    dataSource.setSocketTimeout(2);
    dataSource.setLoginTimeout(2);
    return dataSource;
  }
}
