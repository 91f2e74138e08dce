package io.rowstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every writer of the log keeps to, whatever it writes with: one winner for each version, an
/// answer that is true for each command, and a log without holes.
public abstract class EventStoreContract {
  private static final int WRITERS = 64;
  private static final int ROUNDS = Integer.getInteger("rowstream.rounds", 10_000);

  private LogDatabase database;

  /// The store under test; called by many threads at once.
  public interface Store extends AutoCloseable {
    /// Waits for the answer.
    Answer append(Attempt attempt);

    @Override
    void close();
  }

  /// What one command wants written, all of it or nothing.
  ///
  /// @param decidedOn the version each record was at, -1 for none
  /// @param keep whether the outcome is to be kept for repetitions of the command id
  public record Attempt(
      String commandId,
      List<Wanted> events,
      Map<RecordRef, Long> decidedOn,
      boolean keep,
      String content) {

    /// One more event of each record.
    public static Attempt changing(Map<RecordRef, Long> decidedOn) {
      return changing(UUID.randomUUID().toString(), decidedOn);
    }

    public static Attempt changing(String commandId, Map<RecordRef, Long> decidedOn) {
      var events = new ArrayList<Wanted>();
      decidedOn.forEach((record, version) ->
          events.add(new Wanted(record, version + 1, payload(commandId, version + 1))));
      return new Attempt(commandId, events, decidedOn, false, "content");
    }

    /// No event; only that the records are where the command was decided.
    public static Attempt confirming(Map<RecordRef, Long> decidedOn) {
      return confirming(UUID.randomUUID().toString(), decidedOn);
    }

    public static Attempt confirming(String commandId, Map<RecordRef, Long> decidedOn) {
      return new Attempt(commandId, List.of(), decidedOn, false, "content");
    }

    public Attempt repeatable() {
      return new Attempt(commandId, events, decidedOn, true, content);
    }

    public Attempt saying(String other) {
      return new Attempt(commandId, events, decidedOn, keep, other);
    }

    public byte[] digest() {
      return ("digest of " + content).getBytes(StandardCharsets.UTF_8);
    }

    public byte[] outcome() {
      return ("outcome of " + content).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] payload(String commandId, long version) {
      Value now = Value.text("at " + version);
      LogEvent event =
          version == 0
              ? new RecordCreated(Map.of("jobtitle", now))
              : new RecordUpdated(
                  Map.of("jobtitle", new Change(Value.text("before"), now)),
                  false,
                  false,
                  Set.of());
      return EventJson.write(new Origin(commandId, null, LogWriter.ADA), event);
    }
  }

  /// An event to come.
  public record Wanted(RecordRef record, long version, byte[] payload) {}

  /// What became of an [Attempt].
  public sealed interface Answer {
    record Written(long position, Instant committedOn) implements Answer {}

    /// Not written: `record` is at version `actual`.
    record Stale(RecordRef record, long actual) implements Answer {}

    /// Not written: the command id has an outcome already.
    record Known(String digest, String outcome, long position) implements Answer {}

    record Failed(boolean mayBeWritten, Throwable cause) implements Answer {}
  }

  /// Starts a store on a database with the log's tables.
  protected abstract Store start(DataSource owner);

  @BeforeEach
  final void createDatabase() {
    database = LogDatabase.create();
  }

  @AfterEach
  final void dropDatabase() {
    database.close();
  }

  protected final LogDatabase database() {
    return database;
  }

  @Test
  final void of_64_writers_with_one_expected_version_one_wins_in_each_of_10_000_rounds()
      throws Exception {
    var record = contact();
    var winners = new AtomicInteger();
    var faults = new ArrayList<String>();
    var round = new AtomicInteger();
    var rounds =
        new CyclicBarrier(
            WRITERS,
            () -> {
              int won = winners.getAndSet(0);
              if (round.getAndIncrement() > 0 && won != 1) {
                faults.add(won + " winners in round " + round.get());
              }
            });
    try (var store = start(database.owner());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Future<?>>();
      for (int i = 0; i < WRITERS; i++) {
        var name = "writer-" + i;
        writers.add(
            threads.submit(() -> {
              for (long version = -1; version < ROUNDS - 1; version++) {
                rounds.await();
                switch (store.append(Attempt.changing(name, Map.of(record, version)))) {
                  case Answer.Written _ -> winners.incrementAndGet();
                  case Answer.Stale stale -> assertThat(stale.actual()).isEqualTo(version + 1);
                  case Answer.Known _, Answer.Failed _ -> throw new AssertionError("failed");
                }
              }
              rounds.await();
              return null;
            }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }

    assertThat(faults).isEmpty();
    assertThat(WholeLog.read(database.owner())).hasSize(ROUNDS);
  }

  @Test
  final void hundreds_of_commands_at_once_are_answered_truly_and_leave_no_hole() throws Exception {
    try (var store = start(database.owner());
        var traffic = new AppendTraffic(Seed.ofThisRun(), 40)) {
      traffic.start(store, 400, 25).finish();

      assertThat(traffic.acknowledged()).isGreaterThan(1_000);
      assertThat(traffic.told())
          .filteredOn(told -> told.answer() instanceof Answer.Stale)
          .hasSizeGreaterThan(1_000);
      assertNoneFailed(traffic);
      traffic.verify(database.owner());
    }
  }

  @Test
  final void stores_on_one_log_meet_at_its_head() throws Exception {
    try (var one = start(database.owner());
        var other = start(database.owner());
        var traffic = new AppendTraffic(Seed.ofThisRun(), 5)) {
      traffic.start(one, 40, 40).start(other, 40, 40).finish();

      assertThat(traffic.acknowledged()).isGreaterThan(100);
      assertNoneFailed(traffic);
      traffic.verify(database.owner());
    }
  }

  @Test
  final void a_loser_is_told_the_winners_version() {
    var record = contact();
    try (var store = start(database.owner())) {
      store.append(Attempt.changing(Map.of(record, -1L)));
      store.append(Attempt.changing(Map.of(record, 0L)));

      assertThat(store.append(Attempt.changing(Map.of(record, 0L))))
          .isEqualTo(new Answer.Stale(record, 1));
      assertThat(store.append(Attempt.changing(Map.of(record, 7L))))
          .isEqualTo(new Answer.Stale(record, 1));
    }
  }

  @Test
  final void a_change_set_stands_together_or_not_at_all() {
    var first = contact();
    var second = contact();
    try (var store = start(database.owner())) {
      store.append(Attempt.changing(Map.of(first, -1L, second, -1L)));
      var refused = store.append(Attempt.changing(Map.of(first, 0L, second, 3L)));

      assertThat(refused).isEqualTo(new Answer.Stale(second, 0));
      assertThat(WholeLog.read(database.owner()))
          .extracting(LoggedEvent::remaining)
          .containsExactly(1, 0);
    }
  }

  @Test
  final void a_confirmation_is_given_only_where_the_record_is_as_believed() {
    var record = contact();
    try (var store = start(database.owner())) {
      var written = (Answer.Written) store.append(Attempt.changing(Map.of(record, -1L)));

      var confirmed = store.append(Attempt.confirming(Map.of(record, 0L)));
      assertThat(((Answer.Written) confirmed).position()).isEqualTo(written.position());
      assertThat(store.append(Attempt.confirming(Map.of(record, -1L))))
          .isEqualTo(new Answer.Stale(record, 0));
      assertThat(store.append(Attempt.confirming(Map.of(record, 1L))))
          .isEqualTo(new Answer.Stale(record, 0));
      assertThat(WholeLog.read(database.owner())).hasSize(1);
    }
  }

  @Test
  final void bad_commands_fail_alone() {
    var nul = new RecordRef("con\0tact", UUID.randomUUID());
    try (var store = start(database.owner())) {
      for (int race = 0; race < 30; race++) {
        var outcomes =
            Rendezvous.race(
                60,
                number ->
                    () -> {
                      var record = number % 20 == 7 ? nul : contact();
                      return store.append(Attempt.changing(Map.of(record, -1L)));
                    });

        var answers = Outcome.returned(outcomes);
        assertThat(answers).hasSize(60);
        for (int i = 0; i < answers.size(); i++) {
          assertThat(answers.get(i))
              .isInstanceOf(i % 20 == 7 ? Answer.Failed.class : Answer.Written.class);
        }
      }
      assertThat(WholeLog.read(database.owner())).hasSize(30 * 57);
    }
  }

  @Test
  final void a_thousand_times_the_same_command_at_once_are_one_write_and_one_answer() {
    var record = contact();
    var command = Attempt.changing("once", Map.of(record, -1L)).repeatable();
    var decidedAfresh = Attempt.changing("once", Map.of(record, 0L)).repeatable();
    Answer.Known first;
    try (var store = start(database.owner())) {
      var answers = Outcome.returned(Rendezvous.race(1_000, () -> store.append(command)));

      assertThat(answers).hasSize(1_000);
      var written = answers.stream().filter(Answer.Written.class::isInstance).toList();
      assertThat(written).hasSize(1);
      long position = ((Answer.Written) written.getFirst()).position();
      first = new Answer.Known("digest of content", "outcome of content", position);
      assertThat(store.append(decidedAfresh)).isEqualTo(first);
      assertThat(store.append(decidedAfresh.saying("something else"))).isEqualTo(first);
    }
    try (var restarted = start(database.owner())) {
      var again = Outcome.returned(Rendezvous.race(1_000, () -> restarted.append(decidedAfresh)));

      assertThat(again).hasSize(1_000).containsOnly(first);
    }
    assertThat(WholeLog.read(database.owner())).hasSize(1);
  }

  @Test
  final void an_outcome_without_events_is_kept_as_well() {
    var record = contact();
    var refusal = Attempt.confirming("asked", Map.of(record, -1L)).repeatable().saying("not there");
    var decidedAfresh = Attempt.changing("asked", Map.of(record, 0L)).repeatable();
    try (var store = start(database.owner())) {
      assertThat(store.append(refusal)).isInstanceOf(Answer.Written.class);
      store.append(Attempt.changing(Map.of(record, -1L)));
    }
    try (var restarted = start(database.owner())) {
      assertThat(restarted.append(decidedAfresh))
          .isEqualTo(new Answer.Known("digest of not there", "outcome of not there", 0));
    }
  }

  @Test
  final void writers_that_are_terminated_at_random_lose_nothing_and_never_lie() throws Exception {
    try (var store = start(database.owner());
        var traffic = new AppendTraffic(Seed.ofThisRun(), 30)) {
      traffic.start(store, 50, Integer.MAX_VALUE);
      for (int kill = 0; kill < 20; kill++) {
        long before = traffic.acknowledged();
        var more = ThreadLocalRandom.current().nextInt(1, 300);
        await()
            .pollInterval(Duration.ofMillis(5))
            .atMost(Duration.ofSeconds(30))
            .until(() -> traffic.acknowledged() > before + more);
        terminateSessions();
      }
      traffic.stop();

      traffic.verify(database.owner());
    }
  }

  private static void assertNoneFailed(AppendTraffic traffic) {
    assertThat(traffic.told().stream().map(AppendTraffic.Told::answer))
        .noneMatch(Answer.Failed.class::isInstance);
  }

  private void terminateSessions() throws SQLException {
    try (var connection = database.owner().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()
          """);
    }
  }

  protected static RecordRef contact() {
    return new RecordRef("contact", UUID.randomUUID());
  }
}
