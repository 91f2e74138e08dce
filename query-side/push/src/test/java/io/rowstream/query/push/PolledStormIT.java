package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import io.rowstream.testkit.Seed;
import io.rowstream.testkit.SseClient;
import io.rowstream.testkit.SseEvent;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// G2, G3 and G22: whoever only follows cursors, by polls or by polls and streams in turn, gets
/// exactly what the log holds for its filter, once and in order, from twenty writers at once.
class PolledStormIT {
  private static final int WRITERS = 20;
  private static final int UNITS_EACH = 10;
  private static final int CLIENTS = 8;

  private LogDatabase database;

  @BeforeEach
  void create() {
    database = LogDatabase.create();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void g22_polls_and_streams_in_turn_miss_and_repeat_nothing() throws Exception {
    storm(EventFeedSettings.DEFAULT, WatchServer.QUICK, false);
  }

  @Test
  void g22_holds_with_small_answers_and_next_to_no_memory() throws Exception {
    storm(
        EventFeedSettings.DEFAULT.withRing(16, 1 << 20).withPages(50, 20_000, 3),
        WatchServer.QUICK
            .withPages(4, 10)
            .withPolls(new PollBounds(Duration.ofSeconds(60), 5, 3_000)),
        false);
  }

  @Test
  void g22_holds_while_nodes_restart() throws Exception {
    storm(EventFeedSettings.DEFAULT, WatchServer.QUICK, true);
  }

  /// @param streams how often of ten times it opens a stream instead of polling
  /// @param last the end of the log once it is known, 0 before
  private record Client(
      String query,
      Predicate<RecordRef> wants,
      int streams,
      long seed,
      AtomicReference<WatchServer> node,
      AtomicLong last) {

    List<SseEvent> readAll() {
      var random = new Random(seed);
      var received = new ArrayList<SseEvent>();
      String cursor = "";
      while (last.get() == 0 || position(cursor) < last.get()) {
        try {
          cursor =
              random.nextInt(10) < streams
                  ? watch(cursor, 1 + random.nextInt(40), received)
                  : poll(cursor, random.nextInt(2), received);
        } catch (UncheckedIOException away) {
          // On to the next node, with the cursor it had.
        }
      }
      return received;
    }

    private String poll(String cursor, int wait, List<SseEvent> received) {
      var answer =
          Polled.get(node.get().changes(query + "&from=start&wait=" + wait + "&cursor=" + cursor));
      if (answer.status() != 200) {
        return cursor;
      }
      received.addAll(answer.frames());
      return answer.cursor();
    }

    private String watch(String cursor, int events, List<SseEvent> received) {
      try (var watch = SseClient.open(node.get().uri(query + "&from=start"), cursor)) {
        var count = new int[1];
        try {
          watch.await(Sample.SOON, event -> ++count[0] >= events || event.is("bookmark"));
        } catch (AssertionError ended) {
          // The node has gone.
        }
        received.addAll(watch.leave());
        return watch.lastId();
      }
    }

    private long position(String cursor) {
      return cursor.isEmpty() ? 0 : node.get().feed().seal().open(cursor).orElseThrow().position();
    }
  }

  private void storm(EventFeedSettings feed, WatchSettings watch, boolean restarts)
      throws Exception {
    var random = Seed.ofThisRun().random();
    var records =
        IntStream.range(0, 6).mapToObj(i -> i < 4 ? Sample.contact() : Sample.account()).toList();
    var node = new AtomicReference<>(WatchServer.start(database.reader(), feed, watch));
    var last = new AtomicLong();
    var clients =
        IntStream.range(0, CLIENTS).mapToObj(i -> client(i, records, random, node, last)).toList();
    long seed = random.nextLong();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writing =
          threads.submit(() -> {
            last.set(writeAll(records, seed));
            return null;
          });
      var restarting =
          threads.submit(() -> {
            while (restarts && last.get() == 0) {
              var old = node.get();
              node.set(WatchServer.start(database.reader(), feed, watch));
              old.close();
            }
          });
      var reads =
          Rendezvous.<List<SseEvent>>race(CLIENTS, number -> () -> clients.get(number).readAll());
      writing.get();
      restarting.get();

      assertThat(Outcome.thrown(reads)).isEmpty();
      for (int i = 0; i < CLIENTS; i++) {
        var received = Outcome.returned(reads).get(i);
        Truth.assertOrdered(received);
        assertThat(Truth.ofTheWatch(received))
            .as("client %d: %s", i, clients.get(i).query)
            .isEqualTo(Truth.ofTheLog(database.owner(), clients.get(i).wants));
      }
    } finally {
      node.get().close();
    }
  }

  private static Client client(
      int number,
      List<RecordRef> records,
      Random random,
      AtomicReference<WatchServer> node,
      AtomicLong last) {
    int streams = number < CLIENTS / 2 ? 0 : 4;
    var one = records.get(random.nextInt(records.size()));
    return switch (number % 4) {
      case 0 -> new Client("", _ -> true, streams, random.nextLong(), node, last);
      case 1 ->
          new Client(
              "entity=contacts",
              record -> record.entityType().equals("contact"),
              streams,
              random.nextLong(),
              node,
              last);
      case 2 -> new Client(Sample.of(one), one::equals, streams, random.nextLong(), node, last);
      default ->
          new Client(
              Sample.of(one) + "&entity=accounts",
              record -> record.equals(one) || record.entityType().equals("account"),
              streams,
              random.nextLong(),
              node,
              last);
    };
  }

  /// @return the position of the last event
  private long writeAll(List<RecordRef> records, long seed) {
    var written = Rendezvous.<Long>race(WRITERS, number -> () -> write(records, seed + number));
    assertThat(Outcome.thrown(written)).isEmpty();
    return Outcome.returned(written).stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  /// Units of one to three events.
  private long write(List<RecordRef> records, long seed) {
    var random = new Random(seed);
    var writer = database.writer();
    long last = 0;
    for (int unit = 0; unit < UNITS_EACH; unit++) {
      var events = new Said[1 + random.nextInt(3)];
      for (int i = 0; i < events.length; i++) {
        var record = records.get(random.nextInt(records.size()));
        events[i] = new Said(record, Sample.created("n" + unit));
      }
      last = writer.append(events);
    }
    return last;
  }
}
