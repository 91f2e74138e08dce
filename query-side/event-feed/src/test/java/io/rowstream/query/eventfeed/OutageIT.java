package io.rowstream.query.eventfeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.eventlog.LogSchema;
import io.rowstream.query.eventfeed.FeedHealth.State;
import io.rowstream.query.eventfeed.Route.Attempt;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.PostgresProcess;
import io.rowstream.testkit.Seed;
import io.rowstream.testkit.TcpProxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// The feed goes on by itself, in time and without a hole, whatever happens to its connections.
class OutageIT {

  @Test
  void a_silently_dead_listening_connection_does_not_delay_delivery_beyond_the_poll()
      throws Exception {
    try (var database = LogDatabase.create();
        var proxy = database.proxy()) {
      try (var feed = deaf(database, proxy)) {

        for (int i = 0; i < 20; i++) {
          var position = database.writer().append(Sample.contact(), Sample.created("n" + i));
          assertThat(feed.await(position, Duration.ofSeconds(1))).isTrue();
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> !feed.health().listening());
        assertThat(feed.health().isUp()).isTrue();
        proxy.release();
        await().atMost(Duration.ofSeconds(10)).until(() -> feed.health().listening());
      }
    }
  }

  @Test
  void who_has_committed_in_this_process_waits_for_neither_notification_nor_poll()
      throws Exception {
    try (var database = LogDatabase.create();
        var proxy = database.proxy()) {
      try (var feed = deaf(database, proxy)) {
        long begin = System.nanoTime();

        for (int i = 0; i < 20; i++) {
          var position = database.writer().append(Sample.contact(), Sample.created("n" + i));
          feed.look();
          assertThat(feed.await(position, Duration.ofSeconds(1))).isTrue();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
            .as("twenty polls take %s", EventFeedSettings.DEFAULT.pollInterval().multipliedBy(20))
            .isLessThan(EventFeedSettings.DEFAULT.pollInterval().multipliedBy(10));
      }
    }
  }

  @Test
  void a_silently_dead_reading_connection_is_noticed_and_replaced_within_five_seconds()
      throws Exception {
    try (var database = LogDatabase.create();
        var proxy = database.proxy()) {
      var silent = new AtomicBoolean();
      var route = new Route(() -> silent.get() ? database.reader() : database.reader(proxy));
      try (var feed = EventFeed.start(route, EventFeedSettings.DEFAULT)) {
        silent.set(true);
        proxy.silence();
        var position = database.writer().append(Sample.contact(), Sample.created("n"));

        assertThat(feed.await(position, Duration.ofSeconds(5))).isTrue();
      }
    }
  }

  @Test
  void a_database_that_goes_and_comes_back_is_found_again_without_hammering_it() throws Exception {
    try (var database = LogDatabase.create();
        var proxy = database.proxy()) {
      var route = new Route(() -> database.reader(proxy));
      try (var feed = EventFeed.start(route, Sample.QUICK)) {
        for (int round = 0; round < 5; round++) {
          proxy.refuse();
          proxy.cutAll();
          await().until(() -> feed.health().state() == State.AWAY);
          int before = route.attempts().size();
          await().atMost(Duration.ofSeconds(20)).until(() -> route.attempts().size() >= before + 4);
          var position = database.writer().append(Sample.contact(), Sample.created("n" + round));

          proxy.accept();
          assertThat(feed.await(position, Duration.ofSeconds(10))).isTrue();
          assertThat(feed.health().isUp()).isTrue();
        }

        assertThat(Sample.everythingIn(feed, 10)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(leastSecondsBetweenAttempts(route.attempts())).isGreaterThan(0.99);
      }
    }
  }

  @Test
  void backends_terminated_at_random_under_a_writer_lose_nothing_and_change_no_order()
      throws Exception {
    var random = Seed.ofThisRun().random();
    try (var database = LogDatabase.create();
        var feed = EventFeed.start(database.reader(), Sample.QUICK);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stop = new AtomicBoolean();
      var appended = new AtomicInteger();
      var writing =
          threads.submit(() -> {
            while (!stop.get()) {
              database.writer().append(Sample.contact(), Sample.created("n"));
              appended.incrementAndGet();
            }
          });
      var read = new ArrayList<Long>();
      for (int kill = 0; kill < 12; kill++) {
        int target = appended.get() + 1 + random.nextInt(40);
        await().atMost(Duration.ofSeconds(30)).until(() -> appended.get() >= target);
        var victim = random.nextBoolean() ? "rowstream tailer" : "rowstream listener";
        database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND application_name = '"
                + victim
                + "'");
        long now = feed.position();
        assertThat(feed.await(now + 1, Duration.ofSeconds(2))).isTrue();
        readOn(feed, read);
      }
      stop.set(true);
      writing.get();

      assertThat(feed.await(appended.get(), Sample.SOON)).isTrue();
      readOn(feed, read);
      assertThat(read).isEqualTo(positions(database.owner()));
      assertThat(read).hasSize(appended.get());
    }
  }

  @Test
  void a_killed_postgresql_that_comes_back_is_followed_again(@TempDir Path directory)
      throws Exception {
    try (var postgres = PostgresProcess.start(directory)) {
      var owner = new PGSimpleDataSource();
      owner.setUrl(postgres.jdbcUrl("postgres"));
      LogSchema.migrate(owner);
      var writer = new LogWriter(owner);
      var reader = LogDatabase.readerOf(postgres.jdbcUrl("postgres"), "postgres", "");
      try (var feed = EventFeed.start(reader, EventFeedSettings.DEFAULT)) {
        for (int round = 1; round <= 2; round++) {
          writer.append(Sample.contact(), Sample.created("before"));
          postgres.kill9();
          await().atMost(Sample.SOON).until(() -> !feed.health().isUp());

          postgres.restart();
          var position = writer.append(Sample.contact(), Sample.created("after"));
          assertThat(feed.await(position, Sample.SOON)).isTrue();
        }
        assertThat(Sample.everythingIn(feed, 10)).isEqualTo(positions(owner));
      }
    }
  }

  @Test
  void a_reader_that_comes_back_after_seventy_seconds_misses_nothing() throws Exception {
    try (var database = LogDatabase.create();
        var feed =
            EventFeed.start(database.reader(), EventFeedSettings.DEFAULT.withRing(20, 1 << 20));
        var open = database.owner().getConnection()) {
      var read = new ArrayList<Long>();
      feed.await(database.writer().append(Sample.contact(), Sample.created("n")), Sample.SOON);
      readOn(feed, read);
      open.setAutoCommit(false);
      try (var statement = open.createStatement()) {
        statement.execute("CREATE TABLE public.of_a_slow_transaction (x int)");
      }

      var written = new AtomicInteger(1);
      await()
          .pollInterval(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(120))
          .until(() -> {
            database.writer().append(Sample.contact(), Sample.created("n"));
            return written.incrementAndGet() > 70;
          });
      open.commit();
      assertThat(feed.await(written.get(), Sample.SOON)).isTrue();
      readOn(feed, read);

      assertThat(read).hasSize(71).isEqualTo(positions(database.owner()));
    }
  }

  /// A feed that no notification reaches any more and that does not know it yet.
  private static EventFeed deaf(LogDatabase database, TcpProxy proxy) {
    var route = new Route(() -> onListenersThread() ? database.reader(proxy) : database.reader());
    var feed = EventFeed.start(route, EventFeedSettings.DEFAULT);
    await().until(() -> feed.health().listening());
    proxy.silence();
    return feed;
  }

  private static boolean onListenersThread() {
    return Thread.currentThread().getName().equals("rowstream-listener");
  }

  private static void readOn(EventFeed feed, List<Long> read) {
    long at = read.isEmpty() ? 0 : read.getLast();
    for (var units = feed.unitsAfter(at, 100); !units.isEmpty(); units = feed.unitsAfter(at, 100)) {
      units.forEach(unit -> unit.events().forEach(event -> read.add(event.position())));
      at = read.getLast();
    }
  }

  private static double leastSecondsBetweenAttempts(List<Attempt> attempts) {
    Map<String, Long> last = new HashMap<>();
    double least = Double.MAX_VALUE;
    for (var attempt : attempts) {
      Long before = last.put(attempt.thread(), attempt.nanos());
      if (before != null) {
        least = Math.min(least, (attempt.nanos() - before) / 1e9);
      }
    }
    return least;
  }

  private static List<Long> positions(DataSource owner) throws SQLException {
    var positions = new ArrayList<Long>();
    try (var connection = owner.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT position FROM log.event ORDER BY position")) {
      while (rows.next()) {
        positions.add(rows.getLong("position"));
      }
    }
    return positions;
  }
}
