package io.rowstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.testkit.EventStoreContract.Answer;
import io.rowstream.testkit.EventStoreContract.Attempt;
import io.rowstream.testkit.EventStoreContract.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/// Random appends of many senders to a few records: right, stale and premature versions, one record
/// or several at once. Every answer is remembered and held against the log in the end.
///
/// Senders run until they are stopped. Thread-safe.
public final class AppendTraffic implements AutoCloseable {
  private static final int RECORDS_AT_ONCE_MAX = 4;

  private final long seed;
  private final List<RecordRef> records;
  private final Map<RecordRef, Long> known = new ConcurrentHashMap<>();
  private final Queue<Told> told = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> senders = new ArrayList<>();
  private volatile boolean stopped;

  /// What a sender was answered.
  public record Told(Attempt attempt, Answer answer) {}

  /// @param records how many records the senders share
  public AppendTraffic(Seed seed, int records) {
    this.seed = seed.value();
    this.records =
        IntStream.range(0, records)
            .mapToObj(_ -> new RecordRef("contact", UUID.randomUUID()))
            .toList();
  }

  /// Lets `count` senders loose on `store`, each with at most `commandsMax` commands.
  public AppendTraffic start(Store store, int count, int commandsMax) {
    for (int i = 0; i < count; i++) {
      var random = new Random(seed + senders.size());
      senders.add(threads.submit(() -> send(store, commandsMax, random)));
    }
    return this;
  }

  private void send(Store store, int commandsMax, Random random) {
    for (int i = 0; i < commandsMax && !stopped; i++) {
      Attempt attempt = attempt(random);
      Answer answer = store.append(attempt);
      learn(attempt, answer);
      told.add(new Told(attempt, answer));
    }
  }

  private Attempt attempt(Random random) {
    var wanted = new LinkedHashSet<RecordRef>();
    int count = random.nextInt(5) == 0 ? 1 + random.nextInt(RECORDS_AT_ONCE_MAX) : 1;
    while (wanted.size() < Math.min(count, records.size())) {
      wanted.add(records.get(random.nextInt(records.size())));
    }
    var decidedOn = new HashMap<RecordRef, Long>();
    for (RecordRef record : wanted) {
      long now = known.getOrDefault(record, -1L);
      decidedOn.put(
          record,
          switch (random.nextInt(10)) {
            case 0 -> Math.max(-1, now - 1);
            case 1 -> now + 1;
            default -> now;
          });
    }
    boolean confirms = random.nextInt(8) == 0;
    var attempt = confirms ? Attempt.confirming(decidedOn) : Attempt.changing(decidedOn);
    return random.nextInt(3) == 0 ? attempt.repeatable() : attempt;
  }

  private void learn(Attempt attempt, Answer answer) {
    switch (answer) {
      case Answer.Written _ ->
          attempt.events().forEach(e -> known.merge(e.record(), e.version(), Math::max));
      case Answer.Stale stale -> known.merge(stale.record(), stale.actual(), Math::max);
      case Answer.Known _, Answer.Failed _ -> {}
    }
  }

  /// How many answers there are so far that say `written`.
  public long acknowledged() {
    return told.stream().filter(t -> t.answer() instanceof Answer.Written).count();
  }

  /// Every answer so far.
  public List<Told> told() {
    return List.copyOf(told);
  }

  /// Stops the senders after their present command.
  public void stop() throws Exception {
    stopped = true;
    finish();
  }

  /// Waits until every sender has sent its last command.
  public void finish() throws Exception {
    for (Future<?> sender : senders) {
      sender.get();
    }
  }

  /// Asserts that the log is whole and that no answer was a lie; returns the log.
  public List<LoggedEvent> verify(DataSource owner) {
    List<LoggedEvent> log = WholeLog.read(owner);
    var byCommand = new HashMap<String, List<LoggedEvent>>();
    log.forEach(
        e -> byCommand.computeIfAbsent(e.origin().commandId(), _ -> new ArrayList<>()).add(e));
    var versions = new HashMap<RecordRef, Long>();
    log.forEach(e -> versions.put(e.record(), e.version()));
    for (Told one : told) {
      List<LoggedEvent> found = byCommand.remove(one.attempt().commandId());
      verify(one, found == null ? List.of() : found, versions);
    }
    assertThat(byCommand).as("commands nobody has sent").isEmpty();
    return log;
  }

  private static void verify(Told one, List<LoggedEvent> found, Map<RecordRef, Long> versions) {
    Attempt attempt = one.attempt();
    boolean asSent =
        found.stream()
            .map(e -> Map.entry(e.record(), e.version()))
            .toList()
            .equals(
                attempt.events().stream().map(e -> Map.entry(e.record(), e.version())).toList());
    switch (one.answer()) {
      case Answer.Written written -> {
        assertThat(asSent).as("%s is in the log as it was sent", one).isTrue();
        if (!found.isEmpty()) {
          assertThat(found.getLast().position()).as("%s", one).isEqualTo(written.position());
        }
      }
      case Answer.Stale stale -> {
        assertThat(found).as("%s is not in the log", one).isEmpty();
        assertThat(attempt.decidedOn().get(stale.record()))
            .as("%s", one)
            .isNotEqualTo(stale.actual());
        assertThat(stale.actual())
            .as("%s", one)
            .isBetween(-1L, versions.getOrDefault(stale.record(), -1L));
      }
      // Its own outcome, when the reply of the first attempt was lost.
      case Answer.Known known -> {
        assertThat(attempt.keep() && asSent).as("%s", one).isTrue();
        if (!found.isEmpty()) {
          assertThat(found.getLast().position()).as("%s", one).isEqualTo(known.position());
        }
      }
      case Answer.Failed failed -> {
        boolean none = found.isEmpty();
        assertThat(none || (failed.mayBeWritten() && asSent)).as("%s", one).isTrue();
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.close();
  }
}
