package io.rowstream.query.projections.current;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.query.projections.ViewDatabase;
import io.rowstream.query.projections.Widgets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Lists have what was in the log before they were asked for.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ListsCatchUpIT {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final PageQuery ALL =
      new PageQuery(Widgets.TYPE, null, List.of(), null, 10, false);
  private static final ChangesQuery SINCE_THE_START =
      new ChangesQuery(Widgets.TYPE, null, 0, null, 10, 100);
  private static final CurrentRecordsSettings GATHERING = settings(LONG, LONG, 10);
  private static final int WIDGETS = 7;
  private static final Map<RecordRef, String> NAMES =
      IntStream.rangeClosed(1, WIDGETS)
          .mapToObj(Widgets::ref)
          .collect(Collectors.toMap(widget -> widget, _ -> "name"));

  private final ViewDatabase database = ViewDatabase.create();
  private CurrentRecordsProjection projection;

  @BeforeEach
  void start() {
    projection = database.projection(database.feed());
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void a_list_waits_for_what_was_committed_before_it() throws Exception {
    try (var records = records(LONG, 10);
        var held = holdProjection()) {
      create(1);
      var list = CompletableFuture.supplyAsync(() -> records.list(ALL).records().size());
      var count = CompletableFuture.supplyAsync(() -> records.count(Widgets.TYPE, null).count());
      await().pollDelay(Duration.ofMillis(300)).until(() -> !list.isDone() && !count.isDone());

      held.rollback();

      assertThat(list.join()).isEqualTo(1);
      assertThat(count.join()).isEqualTo(1);
    }
  }

  @Test
  void it_waits_no_longer_than_its_bound_and_says_how_far_it_is() throws Exception {
    try (var records = records(Duration.ofMillis(50), 10);
        var _ = holdProjection()) {
      create(1);

      assertThat(records.list(ALL)).returns(List.of(), Page::records).returns(0L, Page::position);
    }
  }

  @Test
  void it_does_not_wait_for_a_projection_that_is_far_behind() throws Exception {
    try (var records = records(LONG, 2);
        var _ = holdProjection()) {
      create(1);
      create(2);
      create(3);

      assertThat(records.list(ALL).records()).isEmpty();
    }
  }

  @Test
  void events_gather_until_somebody_asks() {
    List<Function<CurrentRecords, Object>> questions =
        List.of(
            records -> records.list(ALL).records().size(),
            records -> (int) records.count(Widgets.TYPE, null).count(),
            records -> (int) records.countChanges(Widgets.TYPE, 0).count(),
            records -> records.changes(SINCE_THE_START).records().size(),
            records -> (int) records.standingUpToDate().position());
    for (var question : questions) {
      try (var gathering = ViewDatabase.create()) {
        var feed = gathering.feed();
        var patient = gathering.projection(feed, GATHERING);
        var records = gathering.currentRecords(patient, GATHERING);
        for (int i = 1; i <= WIDGETS; i++) {
          create(gathering, i);
        }
        await().until(() -> feed.position() == WIDGETS);
        assertThat(patient.position()).isZero();

        assertThat(question.apply(records)).isEqualTo(WIDGETS);
        assertThat(gathering.rows("SELECT DISTINCT xmin::text FROM view.record")).hasSize(1);
      }
    }
  }

  @Test
  void the_names_of_a_handful_wait_for_no_projection() throws Exception {
    try (var records = records(LONG, 10);
        var _ = holdProjection()) {
      create(1);
      create(2);

      assertThat(records.currentTexts(NAMES))
          .isEqualTo(Map.of(Widgets.ref(1), "widget 1", Widgets.ref(2), "widget 2"));
      assertThat(records.texts(NAMES)).isEmpty();
    }
  }

  @Test
  void the_names_of_many_take_no_turn_each() throws Exception {
    var many = new HashMap<RecordRef, String>();
    for (int i = 1; i <= CurrentRecords.CURRENT_TEXTS_MAX + 1; i++) {
      many.put(Widgets.ref(i), "name");
    }
    try (var records = records(LONG, 10);
        var _ = holdProjection()) {
      create(1);

      assertThat(records.currentTexts(many)).isEmpty();
      many.remove(Widgets.ref(2));
      assertThat(records.currentTexts(many)).containsEntry(Widgets.ref(1), "widget 1");
    }
  }

  @Test
  void a_later_page_of_a_delta_waits_for_nothing() throws Exception {
    create(1);
    database.awaitCaughtUp(projection);
    var later = new ChangesQuery(Widgets.TYPE, null, 0, 1L, 10, 100);
    try (var records = records(LONG, 10);
        var _ = holdProjection()) {
      create(2);

      assertThat(records.changes(later).records()).hasSize(1);
    }
  }

  @Test
  void a_node_that_is_always_overtaken_is_well() {
    var fast = database.projection(database.feed(), settings(Duration.ofMillis(1), LONG, 10));
    var slow = database.projection(database.feed(), settings(Duration.ofMillis(300), LONG, 10));
    int[] created = {0};
    create(++created[0]);
    await().until(() -> fast.position() == 1);
    var begun = Instant.now();

    await("a success of the slow one")
        .until(() -> {
          create(++created[0]);
          return slow.health().lastSuccess().isAfter(begun);
        });
    assertThat(created[0]).isLessThan(100);
  }

  private CurrentRecords records(Duration catchUpWait, int catchUpEventsMax) {
    var settings =
        settings(CurrentRecordsSettings.DEFAULT.gatherTime(), catchUpWait, catchUpEventsMax);
    return new CurrentRecords(database.owner(), database.recordLog(), projection, settings);
  }

  private static CurrentRecordsSettings settings(
      Duration gatherTime, Duration catchUpWait, int catchUpEventsMax) {
    var usual = CurrentRecordsSettings.DEFAULT;
    return new CurrentRecordsSettings(
        usual.batchEventsMax(),
        gatherTime,
        usual.retryPause(),
        usual.readsWaitingMax(),
        usual.readsTogetherMax(),
        usual.readers(),
        usual.listConnectionsMax(),
        usual.listConnectionWait(),
        usual.statementTimeout(),
        catchUpWait,
        catchUpEventsMax);
  }

  /// Keeps the projection from its next step until the transaction ends.
  private Connection holdProjection() throws SQLException {
    var connection = database.owner().getConnection();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT 1 FROM view.projection WHERE name = 'current' FOR UPDATE");
    }
    return connection;
  }

  private void create(int number) {
    create(database, number);
  }

  private static void create(ViewDatabase database, int number) {
    Map<String, Value> values = Map.of("name", Value.text("widget " + number));
    database.writer().append(Widgets.ref(number), new RecordCreated(values));
  }
}
