package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.LogDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/// Numbers are taken for all who wait, and nobody waits without a bound.
class NumberSequencesIT {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static LogDatabase database;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String ticket = "ticket" + UUID.randomUUID();

  @BeforeAll
  static void createDatabase() {
    database = LogDatabase.create();
  }

  @AfterEach
  void endThreads() {
    threads.close();
  }

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  @Test
  void those_who_wait_share_a_round_trip_of_at_most_1_000_numbers() throws Exception {
    var counted = new CountingDataSource(database.owner());
    var sequences = new NumberSequences(counted.dataSource(), LONG, 10_000);
    sequences.take(ticket, "number", 1);
    Future<Long> first;
    List<Future<Long>> waiting;
    try (var _ = lockSequences()) {
      first = take(sequences, 1).getFirst();
      await().until(() -> sequences.waiting(ticket, "number") == 0);
      waiting = take(sequences, 2_500);
      await().until(() -> sequences.waiting(ticket, "number") == 2_500);
      counted.reset();
    }

    assertThat(first.get()).isEqualTo(1_001);
    assertThat(results(waiting))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(1_002, 3_502).boxed().toList());
    assertThat(counted.queries).hasValue(3);
  }

  @Test
  void each_of_those_who_share_a_round_trip_gets_as_many_as_wanted() throws Exception {
    var sequences = new NumberSequences(database.owner(), LONG, 10_000);
    sequences.take(ticket, "number", 1);
    int[] counts = {3, 1, 1_000, 7};
    List<Future<Long>> waiting;
    try (var _ = lockSequences()) {
      take(sequences, 1);
      await().until(() -> sequences.waiting(ticket, "number") == 0);
      waiting =
          IntStream.of(counts)
              .mapToObj(count -> threads.submit(() -> sequences.take(ticket, "number", count)))
              .toList();
      await().until(() -> sequences.waiting(ticket, "number") == counts.length);
    }

    var firsts = results(waiting);
    var taken = new ArrayList<Long>();
    for (int i = 0; i < counts.length; i++) {
      LongStream.range(firsts.get(i), firsts.get(i) + counts[i]).forEach(taken::add);
    }
    assertThat(taken)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(1_002, 2_013).boxed().toList());
  }

  @Test
  void one_who_would_be_too_many_to_wait_is_refused_at_once() throws Exception {
    var sequences = new NumberSequences(database.owner(), LONG, 5);
    sequences.take(ticket, "number", 1);
    List<Future<Long>> waiting;
    try (var _ = lockSequences()) {
      waiting = new ArrayList<>(take(sequences, 1));
      await().until(() -> sequences.waiting(ticket, "number") == 0);
      waiting.addAll(take(sequences, 5));
      await().until(() -> sequences.waiting(ticket, "number") == 5);

      assertBusy(sequences);
      assertThat(new NumberSequences(database.owner(), LONG, 5).take("other", "number", 1))
          .isEqualTo(1_000);
    }

    assertThat(results(waiting))
        .containsExactlyInAnyOrder(1_001L, 1_002L, 1_003L, 1_004L, 1_005L, 1_006L);
  }

  @Test
  void nobody_waits_for_others_longer_than_the_timeout() throws Exception {
    var sequences = new NumberSequences(database.owner(), Duration.ofMillis(50), 5);
    sequences.take(ticket, "number", 1);
    Future<Long> first;
    try (var _ = lockSequences()) {
      first = take(sequences, 1).getFirst();
      await().until(() -> sequences.waiting(ticket, "number") == 0);

      assertBusy(sequences);

      assertThat(sequences.waiting(ticket, "number")).isZero();
    }
    assertThat(first.get()).isEqualTo(1_001);
    assertThat(sequences.take(ticket, "number", 1)).isEqualTo(1_002);
  }

  @Test
  void a_database_that_does_not_answer_fails_those_who_wait_and_nobody_later() throws Exception {
    var away = new AtomicBoolean(true);
    var nowhere = new PGSimpleDataSource();
    nowhere.setPortNumbers(new int[] {1});
    DataSource redirected = new Redirected(() -> away.get() ? nowhere : database.owner());
    var sequences = new NumberSequences(redirected, LONG, 100);

    assertThat(take(sequences, 100))
        .allSatisfy(taken ->
            assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(taken::get)
                .withCauseInstanceOf(LogUnreadableException.class));

    away.set(false);
    assertThat(sequences.take(ticket, "number", 1)).isEqualTo(1_000);
  }

  private List<Future<Long>> take(NumberSequences sequences, int count) {
    return LongStream.range(0, count)
        .mapToObj(_ -> threads.submit(() -> sequences.take(ticket, "number", 1)))
        .toList();
  }

  private static List<Long> results(List<Future<Long>> futures) throws Exception {
    var results = new ArrayList<Long>();
    for (Future<Long> future : futures) {
      results.add(future.get());
    }
    return results;
  }

  private void assertBusy(NumberSequences sequences) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> sequences.take(ticket, "number", 1))
        .satisfies(e -> assertThat(e.refusal()).isInstanceOf(Refusal.TooBusy.class));
  }

  /// Whoever takes a number waits until it is closed.
  private Connection lockSequences() throws SQLException {
    var connection = database.owner().getConnection();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT next FROM log.number_sequence FOR UPDATE");
    }
    return connection;
  }
}
