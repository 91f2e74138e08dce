package io.rowstream.query.projections.current;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.eventlog.LogDamagedException;
import io.rowstream.eventlog.LogSchema;
import io.rowstream.eventlog.RecordState;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.projections.RandomHistory;
import io.rowstream.query.projections.ViewDatabase;
import io.rowstream.query.projections.Widgets;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import io.rowstream.testkit.Seed;
import io.rowstream.testkit.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class CurrentRecordsIT {
  private static final RecordRef ONE = Widgets.ref(1);

  private final ViewDatabase database = ViewDatabase.create();
  private EventFeed feed;
  private CurrentRecordsProjection projection;
  private CurrentRecords records;

  @BeforeEach
  void start() {
    feed = database.feed();
    projection = database.projection(feed);
    records = database.currentRecords(projection);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private void create(RecordRef record, String name) {
    database.writer().append(record, new RecordCreated(Map.of("name", Value.text(name))));
  }

  private static RecordUpdated renamed(String from, String to) {
    return new RecordUpdated(
        Map.of("name", new Change(Value.text(from), Value.text(to))), false, false, Set.of());
  }

  private static String name(Optional<RecordState> state) {
    return state.map(s -> s.values().get("name")).map(Object::toString).orElse("nothing");
  }

  @Test
  void a_record_is_current_although_the_projection_stands_still() {
    create(ONE, "v0");
    database.awaitCaughtUp(projection);
    projection.close();

    database.writer().append(ONE, renamed("v0", "v1"));
    create(Widgets.ref(2), "never projected");

    assertThat(name(records.byId(ONE))).contains("v1");
    assertThat(records.byId(ONE)).isEqualTo(database.recordLog().state(ONE));
    assertThat(name(records.byId(Widgets.ref(2)))).contains("never projected");
    database
        .writer()
        .append(ONE, new RecordDeleted(Map.of("name", Value.text("v1")), false, Set.of()));
    assertThat(records.byId(ONE)).get().returns(true, RecordState::deleted);
  }

  @Test
  void a_record_whose_row_is_far_behind_is_current_too() {
    create(ONE, "v0");
    database.awaitCaughtUp(projection);
    projection.close();
    var changes = new ArrayList<Said>();
    for (int v = 1; v <= 2 * ReadRecords.TAIL_EVENTS_MAX + 7; v++) {
      changes.add(new Said(ONE, renamed("v" + (v - 1), "v" + v)));
    }
    database.writer().append(changes.toArray(Said[]::new));

    assertThat(records.byId(ONE)).isEqualTo(database.recordLog().state(ONE));
    assertThat(records.byId(ONE)).get().returns((long) changes.size(), RecordState::version);
  }

  @Test
  void a_record_that_has_never_been_there_is_not_found() {
    assertThat(records.byId(ONE)).isEmpty();
    assertThat(records.byId(new RecordRef("no such type", ONE.id()))).isEmpty();
  }

  @Test
  void many_readers_at_once_each_get_what_they_asked_for() {
    var history = new RandomHistory(Seed.ofThisRun().random(), 60);
    for (int i = 0; i < 40; i++) {
      database.writer().append(history.nextUnits());
    }

    var truth = new HashMap<RecordRef, Optional<RecordState>>();
    for (int i = 0; i < 70; i++) {
      truth.put(Widgets.ref(i), database.recordLog().state(Widgets.ref(i)));
    }

    var outcomes =
        Rendezvous.race(
            400,
            number ->
                () -> {
                  RecordRef asked = Widgets.ref(number % 70);
                  return records.byId(asked).equals(truth.get(asked));
                });

    assertThat(Outcome.returned(outcomes)).hasSize(400).doesNotContain(false);
  }

  @Test
  void a_read_that_begins_after_a_write_was_answered_sees_it() {
    create(ONE, "v0");

    for (int v = 1; v <= 100; v++) {
      database.writer().append(ONE, renamed("v" + (v - 1), "v" + v));
      assertThat(records.byId(ONE)).get().returns((long) v, RecordState::version);
    }
  }

  @Test
  void records_are_found_by_their_keys_however_small_the_tables_are() throws Exception {
    create(ONE, "x");
    database.awaitCaughtUp(projection);
    database.log().execute("ANALYZE view.record; ANALYZE log.event");
    String numbered = ReadRecords.SQL;
    for (int n = 1; numbered.contains("?"); n++) {
      numbered = numbered.replaceFirst("\\?", "\\$" + n);
    }
    try (var connection =
            DedicatedConnection.open(database.owner(), LogSchema.READER, Duration.ofSeconds(5));
        var statement = connection.createStatement()) {
      statement.execute("PREPARE read (text[], uuid[], integer) AS " + numbered);
      var plan = new StringBuilder();
      try (var rows =
          statement.executeQuery(
              "EXPLAIN EXECUTE read (ARRAY['widget'], ARRAY[gen_random_uuid()], 1)")) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
      assertThat(plan)
          .contains("using record_pkey", "using event_version_once")
          .doesNotContain("Seq Scan", "Hash", "Merge");
    }
  }

  @Test
  void reads_beyond_the_bound_are_refused_at_once() throws Exception {
    var settings =
        new CurrentRecordsSettings(
            10,
            Duration.ofMillis(1),
            Duration.ofSeconds(1),
            3,
            1,
            1,
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            10_000);
    create(ONE, "x");
    try (var few =
            new CurrentRecords(database.owner(), database.recordLog(), projection, settings);
        var blocker = database.owner().getConnection();
        var statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE view.record IN ACCESS EXCLUSIVE MODE");
      var reads = new ArrayList<CompletableFuture<Optional<RecordState>>>();
      reads.add(few.byIdLater(ONE));
      Awaitility.await()
          .until(() ->
              database
                  .one(
                      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%unnest%' AND datname = current_database()")
                  .equals("1"));
      for (int i = 0; i < 3; i++) {
        reads.add(few.byIdLater(ONE));
      }

      assertThatThrownBy(() -> few.byId(ONE))
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.TooBusy.class));

      blocker.rollback();
      assertThat(reads).allSatisfy(read -> assertThat(read.join()).isPresent());
    }
  }

  @Test
  void one_record_that_cannot_be_understood_does_not_harm_its_neighbours() {
    create(ONE, "fine");
    RecordRef broken = Widgets.ref(13);
    database
        .log()
        .execute(
            """
            INSERT INTO log.event SELECT position + 1, '%s', entity_type, 0, 0, committed_on, '{"secret'
              FROM log.event;
            """
                .formatted(broken.id()));

    var outcomes =
        Rendezvous.race(
            40, number -> () -> records.byId(number % 2 == 0 ? ONE : broken).isPresent());

    assertThat(Outcome.returned(outcomes)).hasSize(20);
    assertThat(Outcome.thrown(outcomes))
        .hasSize(20)
        .allSatisfy(thrown ->
            assertThat(thrown)
                .isInstanceOf(LogDamagedException.class)
                .hasMessageNotContaining("secret"));
  }

  @Test
  void the_name_of_a_record_that_cannot_be_understood_is_as_far_as_the_projection() {
    create(ONE, "fine");
    create(Widgets.ref(2), "well");
    database.awaitCaughtUp(projection);
    database
        .log()
        .execute(
            """
            INSERT INTO log.event SELECT 3, record_id, entity_type, 1, 0, committed_on, '{"secret'
              FROM log.event WHERE record_id = '%s';
            """
                .formatted(ONE.id()));

    assertThat(records.currentTexts(Map.of(ONE, "name", Widgets.ref(2), "name")))
        .isEqualTo(Map.of(ONE, "fine", Widgets.ref(2), "well"));
  }

  @Test
  void a_database_that_is_away_is_said_and_its_return_noticed() {
    create(ONE, "x");
    try (TcpProxy proxy = database.log().proxy()) {
      var source = new PGSimpleDataSource();
      source.setUrl(
          database.log().jdbcUrl().replaceFirst("//.*/", "//localhost:" + proxy.port() + "/"));
      source.setUser(database.log().user());
      source.setPassword(database.log().password());
      try (var far =
          new CurrentRecords(
              source, database.recordLog(), projection, CurrentRecordsSettings.DEFAULT)) {
        assertThat(far.byId(ONE)).isPresent();
        for (int cut = 1; cut <= 2 * CurrentRecordsSettings.DEFAULT.readers(); cut++) {
          proxy.cutAll();
          assertThat(far.byId(ONE)).as("a lost connection is replaced unnoticed").isPresent();
        }

        proxy.refuse();
        proxy.cutAll();
        assertThatThrownBy(() -> far.byId(ONE)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> far.rows("widget", null, 1)).isInstanceOf(RefusedException.class);

        proxy.accept();
        Awaitility.await()
            .atMost(Duration.ofSeconds(15))
            .ignoreExceptions()
            .until(() -> far.byId(ONE).isPresent());
      }
    }
  }

  @Test
  void a_list_that_takes_too_long_is_given_up() throws Exception {
    var settings =
        new CurrentRecordsSettings(
            10,
            Duration.ofMillis(1),
            Duration.ofSeconds(1),
            3,
            1,
            1,
            1,
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            10_000);
    try (var hasty =
            new CurrentRecords(database.owner(), database.recordLog(), projection, settings);
        var blocker = database.owner().getConnection();
        var statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE view.record IN ACCESS EXCLUSIVE MODE");

      assertThatThrownBy(() -> hasty.count(Widgets.TYPE, null))
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused -> assertThat(refused.refusal().toString()).contains("takes too long"));
    }
  }

  @Test
  void lists_beyond_the_bound_are_refused_after_a_short_wait() throws Exception {
    var settings =
        new CurrentRecordsSettings(
            10,
            Duration.ofMillis(1),
            Duration.ofSeconds(1),
            3,
            1,
            1,
            1,
            Duration.ofMillis(250),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            10_000);
    try (var few =
            new CurrentRecords(database.owner(), database.recordLog(), projection, settings);
        var blocker = database.owner().getConnection();
        var statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE view.record IN ACCESS EXCLUSIVE MODE");
      var first = CompletableFuture.supplyAsync(() -> few.count(Widgets.TYPE, null));
      Awaitility.await()
          .until(() ->
              database
                  .one(
                      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%count(*)%view.record%' AND datname = current_database()")
                  .equals("1"));

      assertThatThrownBy(() -> few.count(Widgets.TYPE, null)).isInstanceOf(RefusedException.class);

      blocker.rollback();
      assertThat(first.join().count()).isZero();
    }
  }

  @Test
  void a_connection_for_lists_keeps_its_role_and_its_timeout_and_waits_outside_a_transaction() {
    assertThatThrownBy(() ->
            records.list(
                new PageQuery(
                    Widgets.TYPE,
                    null,
                    List.of(new Order(new Column.Of(Widgets.attribute("owner")), false)),
                    null,
                    1,
                    false)))
        .isInstanceOf(BadQueryException.class);

    database.log().execute("REVOKE SELECT ON view.record FROM rowstream_reader");
    assertThatThrownBy(() -> records.count(Widgets.TYPE, null))
        .as("the owner could")
        .hasStackTraceContaining("permission denied");
    assertThat(
            database.rows(
                "SELECT query FROM pg_stat_activity WHERE state LIKE 'idle in%' AND datname = current_database()"))
        .isEmpty();
  }

  @Test
  void a_list_a_count_and_their_position_are_of_one_moment() {
    for (int i = 0; i < 10; i++) {
      create(Widgets.ref(i), "w" + i);
    }
    database.awaitCaughtUp(projection);

    Page page = records.list(new PageQuery(Widgets.TYPE, null, List.of(), null, 3, true));

    assertThat(page.records())
        .extracting(RecordState::record)
        .containsExactly(Widgets.ref(0), Widgets.ref(1), Widgets.ref(2));
    assertThat(page.count()).isEqualTo(10);
    assertThat(page.position()).isEqualTo(10);
    assertThat(page.next()).isNotNull();
    assertThat(records.count(Widgets.TYPE, null)).isEqualTo(new Page.Count(10, 10));
  }
}
