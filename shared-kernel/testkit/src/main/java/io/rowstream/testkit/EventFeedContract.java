package io.rowstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.LogWriter.SaidTogether;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/// What every reader of the log keeps to, whatever it reads with: all of it, in commit order, unit
/// by unit, only what is committed, and on time whatever else the database is busy with.
public abstract class EventFeedContract {
  private static final Duration DELIVERY_TIME_MAX = Duration.ofSeconds(10);

  private LogDatabase database;
  private LogWriter writer;

  /// The feed under test.
  public interface Feed extends AutoCloseable {
    long position();

    boolean await(long position, Duration wait) throws InterruptedException;

    /// The events of whole units after `position`.
    List<List<LoggedEvent>> unitsAfter(long position, int eventsMax);

    @Override
    void close();
  }

  /// Starts a feed with little memory, so that slow readers are served from PostgreSQL, too.
  ///
  /// @param ringEventsMax events it may keep in memory
  protected abstract Feed start(DataSource reader, int ringEventsMax);

  @BeforeEach
  final void createDatabase() {
    database = LogDatabase.create();
    writer = database.writer();
  }

  @AfterEach
  final void dropDatabase() {
    database.close();
  }

  @Test
  final void what_is_appended_is_read_in_commit_order_with_everything_it_says() throws Exception {
    var ada = contact();
    try (var feed = start(database.reader(), 1_000)) {
      writer.append(ada, new RecordCreated(Map.of("fullname", Value.text("Ada"))));
      var last = writer.append(ada, renamed("Ada", "Ada Lovelace"));

      assertThat(feed.await(last, DELIVERY_TIME_MAX)).isTrue();
      assertThat(feed.position()).isEqualTo(last);
      var events = events(feed.unitsAfter(0, 100));
      assertThat(events).extracting(LoggedEvent::version).containsExactly(0L, 1L);
      assertThat(events.getLast().event()).isEqualTo(renamed("Ada", "Ada Lovelace"));
      assertThat(events.getLast().record()).isEqualTo(ada);
      assertThat(events.getLast().origin().actor()).isEqualTo(LogWriter.ADA);
    }
  }

  @Test
  final void a_log_that_was_there_before_the_feed_is_read_from_its_beginning() throws Exception {
    fill(500, 7);

    try (var feed = start(database.reader(), 50)) {
      assertThat(drain(feed, 40)).isEqualTo(log());
    }
  }

  @Test
  final void a_unit_is_never_cut_however_small_the_page_that_is_asked_for() throws Exception {
    try (var feed = start(database.reader(), 30)) {
      var last = fill(400, 9);
      assertThat(feed.await(last, DELIVERY_TIME_MAX)).isTrue();

      for (int eventsMax : new int[] {1, 3, 10, 1_000}) {
        var units = new ArrayList<List<LoggedEvent>>();
        assertThat(drain(feed, eventsMax, units)).isEqualTo(log());
        assertThat(units)
            .allSatisfy(unit -> {
              assertThat(unit.getFirst().remaining()).isEqualTo(unit.size() - 1);
              assertThat(unit.getLast().remaining()).isZero();
              assertThat(unit)
                  .extracting(e -> e.origin().commandId())
                  .containsOnly(unit.getFirst().origin().commandId());
            });
      }
    }
  }

  @Test
  final void what_is_not_committed_is_not_read_and_what_is_rolled_back_leaves_no_hole()
      throws Exception {
    var first = writer.append(contact(), created("first"));
    try (var feed = start(database.reader(), 100);
        var open = database.owner().getConnection()) {
      assertThat(feed.await(first, DELIVERY_TIME_MAX)).isTrue();

      open.setAutoCommit(false);
      appendUncommitted(open, created("open"));
      assertThat(feed.await(first + 1, Duration.ofMillis(1_500))).isFalse();
      open.rollback();
      appendUncommitted(open, created("kept"));
      assertThat(feed.unitsAfter(first, 10)).isEmpty();
      open.commit();

      assertThat(feed.await(first + 1, DELIVERY_TIME_MAX)).isTrue();
      assertThat(events(feed.unitsAfter(first, 10)))
          .extracting(LoggedEvent::event)
          .containsExactly(created("kept"));
    }
  }

  @Test
  final void writers_at_once_are_read_in_one_order_that_is_the_order_of_each_record()
      throws Exception {
    var records = List.of(contact(), contact(), contact());
    try (var feed = start(database.reader(), 60)) {
      var read = new ArrayList<LoggedEvent>();
      try (var reader = Executors.newVirtualThreadPerTaskExecutor()) {
        var reading =
            reader.submit(() -> {
              while (read.size() < 8 * 50) {
                long at = read.isEmpty() ? 0 : read.getLast().position();
                feed.await(at + 1, DELIVERY_TIME_MAX);
                feed.unitsAfter(at, 16).forEach(read::addAll);
              }
              return null;
            });
        var outcomes =
            Rendezvous.race(
                8,
                number ->
                    () -> {
                      for (int i = 0; i < 50; i++) {
                        writer.append(records.get((number + i) % 3), created(number + "-" + i));
                      }
                      return number;
                    });
        assertThat(Outcome.thrown(outcomes)).isEmpty();
        reading.get();
      }

      assertThat(positions(read)).isEqualTo(log());
      var versions = new HashMap<RecordRef, Long>();
      for (var event : read) {
        assertThat(event.version()).isEqualTo(versions.merge(event.record(), 0L, (v, _) -> v + 1));
      }
    }
  }

  @Test
  final void a_slow_reader_that_comes_back_after_the_memory_has_moved_on_misses_nothing()
      throws Exception {
    try (var feed = start(database.reader(), 20)) {
      var early = fill(30, 1);
      feed.await(early, DELIVERY_TIME_MAX);
      var cursor = events(feed.unitsAfter(0, 5)).getLast().position();

      var late = fill(500, 4);
      feed.await(late, DELIVERY_TIME_MAX);

      assertThat(positionsFrom(feed, cursor, 64))
          .isEqualTo(log().stream().filter(p -> p > cursor).toList());
    }
  }

  @Test
  final void an_idle_transaction_and_a_long_report_do_not_hold_up_delivery() throws Exception {
    writer.append(contact(), created("before"));
    try (var feed = start(database.reader(), 1_000);
        var idle = database.owner().getConnection();
        var report = database.owner().getConnection();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var before = delays(feed);
      idle.setAutoCommit(false);
      execute(idle, "CREATE TABLE public.of_an_idle_transaction (x int)");
      report.setAutoCommit(false);
      report.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      execute(report, "SELECT count(*) FROM log.event");
      var running =
          threads.submit(() -> {
            execute(report, "SELECT pg_sleep(60), count(*) FROM log.event");
            return null;
          });

      var during = delays(feed);

      assertThat(running.isDone()).isFalse();
      assertThat(during.get(25)).isLessThan(3 * before.get(25) + 20);
      assertThat(during.get(47)).isLessThan(3 * before.get(47) + 100);
      report.unwrap(PGConnection.class).cancelQuery();
    }
  }

  /// Milliseconds from 50 commits to their delivery, the shortest first.
  private List<Long> delays(Feed feed) throws InterruptedException {
    var delays = new ArrayList<Long>();
    for (int i = 0; i < 50; i++) {
      var position = writer.append(contact(), created("n" + i));
      long committed = System.nanoTime();
      assertThat(feed.await(position, DELIVERY_TIME_MAX)).isTrue();
      delays.add((System.nanoTime() - committed) / 1_000_000);
    }
    return delays.stream().sorted().toList();
  }

  @Test
  final void waiting_for_a_position_ends_when_it_is_read_or_when_the_time_is_up() throws Exception {
    try (var feed = start(database.reader(), 100);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(feed.await(1, Duration.ofMillis(50))).isFalse();

      var waiting = threads.submit(() -> feed.await(1, DELIVERY_TIME_MAX));
      writer.append(contact(), created("now"));

      assertThat(waiting.get()).isTrue();
    }
  }

  /// Appends `units` units of 1 to `eventsMax` events each; returns the last position.
  private long fill(int units, int eventsMax) {
    var random = Seed.ofThisRun().random();
    var batch = new ArrayList<SaidTogether>();
    long last = 0;
    for (int i = 0; i < units; i++) {
      var events = new ArrayList<Said>();
      for (int e = random.nextInt(eventsMax); e >= 0; e--) {
        events.add(new Said(contact(), created("n" + i)));
      }
      batch.add(new SaidTogether(LogWriter.byAda(), events));
      if (batch.size() == 20 || i == units - 1) {
        last = writer.append(batch.toArray(SaidTogether[]::new));
        batch.clear();
      }
    }
    return last;
  }

  private List<Long> drain(Feed feed, int eventsMax) {
    return drain(feed, eventsMax, new ArrayList<>());
  }

  private static List<Long> drain(Feed feed, int eventsMax, List<List<LoggedEvent>> into) {
    long at = 0;
    for (var units = feed.unitsAfter(at, eventsMax);
        !units.isEmpty();
        units = feed.unitsAfter(at, eventsMax)) {
      into.addAll(units);
      at = units.getLast().getLast().position();
    }
    return positions(events(into));
  }

  private static List<Long> positionsFrom(Feed feed, long cursor, int eventsMax) {
    var all = new ArrayList<LoggedEvent>();
    long at = cursor;
    for (var units = feed.unitsAfter(at, eventsMax);
        !units.isEmpty();
        units = feed.unitsAfter(at, eventsMax)) {
      all.addAll(events(units));
      at = all.getLast().position();
    }
    return positions(all);
  }

  private static List<LoggedEvent> events(List<List<LoggedEvent>> units) {
    return units.stream().flatMap(List::stream).toList();
  }

  private static List<Long> positions(List<LoggedEvent> events) {
    return events.stream().map(LoggedEvent::position).toList();
  }

  /// Every position of the log, as PostgreSQL says.
  private List<Long> log() throws SQLException {
    var positions = new ArrayList<Long>();
    try (var connection = database.owner().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT position FROM log.event ORDER BY position")) {
      while (rows.next()) {
        positions.add(rows.getLong("position"));
      }
    }
    return positions;
  }

  private static RecordRef contact() {
    return new RecordRef("contact", UUID.randomUUID());
  }

  private static LogEvent created(String name) {
    return new RecordCreated(Map.of("fullname", Value.text(name)));
  }

  private static LogEvent renamed(String before, String after) {
    return new RecordUpdated(
        Map.of("fullname", new Change(Value.text(before), Value.text(after))),
        false,
        false,
        Set.of());
  }

  /// The statements of an append, in a transaction the test ends.
  private static void appendUncommitted(Connection connection, LogEvent event) throws SQLException {
    try (var update =
            connection.prepareStatement(
                "UPDATE log.head SET position = position + 1 RETURNING position");
        var insert =
            connection.prepareStatement(
                """
                INSERT INTO log.event (position, record_id, entity_type, version, remaining,
                                       committed_on, payload)
                VALUES (?, gen_random_uuid(), 'contact', 0, 0, now(), ?)
                """);
        var head = update.executeQuery()) {
      head.next();
      insert.setLong(1, head.getLong("position"));
      insert.setBytes(2, EventJson.write(LogWriter.byAda(), event));
      insert.executeUpdate();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
