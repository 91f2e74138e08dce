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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// G1, G2, G3, G4 and G5 under a writer, with clients that lose their connection all the time and
/// nodes that restart: what a client puts together over all its connections is what the log says.
class StormIT {
  private static final int CLIENTS = 12;
  private static final int UNITS = 1_500;

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
  void g2_and_g3_nothing_is_lost_or_told_twice_across_random_reconnects() throws Exception {
    storm(EventFeedSettings.DEFAULT, WatchServer.QUICK, false);
  }

  @Test
  void g2_and_g3_hold_with_next_to_no_memory_so_that_most_is_replayed() throws Exception {
    storm(
        EventFeedSettings.DEFAULT.withRing(16, 1 << 20).withPages(50, 20_000, 3),
        WatchServer.QUICK.withPages(4, 10),
        false);
  }

  @Test
  void g2_g3_and_g5_hold_while_nodes_restart() throws Exception {
    storm(EventFeedSettings.DEFAULT, WatchServer.QUICK, true);
  }

  /// @param node the one to connect to at the moment
  private record Client(
      String query, Predicate<RecordRef> wants, long seed, AtomicReference<WatchServer> node) {

    /// Reads until `last`, dropping the connection at random.
    List<SseEvent> readUntil(long last, AtomicBoolean written) {
      var random = new Random(seed);
      var received = new ArrayList<SseEvent>();
      String cursor = "";
      while (true) {
        try (var watch = SseClient.open(node.get().uri(query + "&from=start"), cursor)) {
          if (watch.status() != 200) {
            continue;
          }
          int events = 1 + random.nextInt(60);
          boolean done = false;
          try {
            done = awaitSome(watch, events, last, written);
          } catch (AssertionError ended) {
            // The node has gone: on to the next.
          }
          received.addAll(watch.leave());
          cursor = watch.lastId();
          if (done) {
            return received;
          }
        } catch (UncheckedIOException refused) {
          // The node has gone: on to the next.
        }
      }
    }

    private boolean awaitSome(SseClient watch, int events, long last, AtomicBoolean written) {
      var count = new int[1];
      var enough =
          watch.await(
              Duration.ofSeconds(20),
              event -> ++count[0] >= events || (written.get() && event.position() >= last));
      return written.get() && enough.position() >= last;
    }
  }

  private void storm(EventFeedSettings feed, WatchSettings watch, boolean restarts)
      throws Exception {
    var random = Seed.ofThisRun().random();
    var records =
        IntStream.range(0, 6).mapToObj(i -> i < 4 ? Sample.contact() : Sample.account()).toList();
    var node = new AtomicReference<>(WatchServer.start(database.reader(), feed, watch));
    var clients =
        IntStream.range(0, CLIENTS).mapToObj(i -> client(i, records, random, node)).toList();
    var written = new AtomicBoolean();
    var last = new AtomicReference<>(Long.MAX_VALUE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writing =
          threads.submit(() -> {
            write(records, new Random(random.nextLong()), last);
            written.set(true);
            return null;
          });
      var restarting =
          threads.submit(() -> {
            while (restarts && !written.get()) {
              var old = node.get();
              node.set(WatchServer.start(database.reader(), feed, watch));
              old.close();
            }
          });
      var outcomes =
          Rendezvous.<List<SseEvent>>race(
              CLIENTS,
              number ->
                  () -> {
                    var read = clients.get(number).readUntil(expectedLast(), written);
                    return read;
                  });
      writing.get();
      restarting.get();

      assertThat(Outcome.thrown(outcomes)).isEmpty();
      var reads = Outcome.returned(outcomes);
      for (int i = 0; i < CLIENTS; i++) {
        Truth.assertOrdered(reads.get(i));
        assertThat(Truth.ofTheWatch(reads.get(i)))
            .as("client %d: %s", i, clients.get(i).query)
            .isEqualTo(Truth.ofTheLog(database.owner(), clients.get(i).wants));
      }
    } finally {
      node.get().close();
    }
  }

  private static long expectedLast() {
    return UNITS;
  }

  private static Client client(
      int number, List<RecordRef> records, Random random, AtomicReference<WatchServer> node) {
    long seed = random.nextLong();
    return switch (number % 4) {
      case 0 -> new Client("attributes=fullname", _ -> true, seed, node);
      case 1 -> new Client("entity=contacts", r -> r.entityType().equals("contact"), seed, node);
      case 2 -> {
        var one = records.get(random.nextInt(records.size()));
        yield new Client(Sample.of(one), one::equals, seed, node);
      }
      default -> {
        var two = List.of(records.get(0), records.get(5));
        yield new Client(
            String.join("&", Stream.of(two.get(0), two.get(1)).map(Sample::of).toList()),
            two::contains,
            seed,
            node);
      }
    };
  }

  /// Units of one to five events until exactly [#UNITS] events are written.
  private void write(List<RecordRef> records, Random random, AtomicReference<Long> last) {
    var writer = database.writer();
    int left = UNITS;
    while (left > 0) {
      int events = Math.min(left, 1 + random.nextInt(5));
      var unit = new ArrayList<Said>();
      for (int i = 0; i < events; i++) {
        unit.add(new Said(records.get(random.nextInt(records.size())), Sample.created("n" + left)));
      }
      last.set(writer.append(unit.toArray(Said[]::new)));
      left -= events;
    }
  }
}
