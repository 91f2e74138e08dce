package io.rowstream.query.projections.current;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.eventlog.LogSchema;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.query.projections.RandomHistory;
import io.rowstream.query.projections.ViewDatabase;
import io.rowstream.query.projections.Widgets;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.PostgresProcess;
import io.rowstream.testkit.Seed;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class CurrentRecordsProjectionIT {
  private static final RecordRef ONE = Widgets.ref(1);

  private final ViewDatabase database = ViewDatabase.create();

  @AfterEach
  void drop() {
    database.close();
  }

  private void write(RandomHistory history, int commits) {
    var writer = database.writer();
    for (int i = 0; i < commits; i++) {
      writer.append(history.nextUnits());
    }
  }

  private static RecordUpdated renamed(String from, String to) {
    return new RecordUpdated(
        Map.of("name", new Change(Value.text(from), Value.text(to))), false, false, Set.of());
  }

  @Test
  void rows_made_live_rows_made_again_and_the_fold_of_the_log_are_the_same() {
    var projection = database.projection(database.feed());
    write(new RandomHistory(Seed.ofThisRun().random(), 40), 100);
    database.awaitCaughtUp(projection);
    var live = database.dump();

    projection.rebuild();
    Awaitility.await().until(() -> projection.position() == 0 || !projection.rebuildIsWanted());
    database.awaitCaughtUp(projection);

    assertThat(database.dump()).isEqualTo(live);
    assertThat(live).hasSizeGreaterThan(30);
    var records = database.currentRecords(projection);
    for (var row : records.rows("widget", null, 1_000).states()) {
      assertThat(database.recordLog().state(row.record())).contains(row);
    }
  }

  @Test
  void events_that_come_again_change_nothing() {
    var feed = database.feed();
    var first = database.projection(feed);
    write(new RandomHistory(Seed.ofThisRun().random(), 15), 60);
    database.awaitCaughtUp(first);
    var rows = database.dump();
    first.close();

    for (String position :
        database.rows(
            "SELECT position FROM log.event WHERE remaining = 0 AND random() < 0.1 ORDER BY random()")) {
      database.log().execute("UPDATE view.projection SET position = " + position);
      var again = database.projection(feed);
      database.awaitCaughtUp(again);
      again.close();

      assertThat(database.dump()).isEqualTo(rows);
    }
  }

  @Test
  void a_step_from_where_the_projection_no_longer_is_is_not_taken() throws SQLException {
    var projection = database.projection(database.feed());
    long position =
        database.writer().append(ONE, new RecordCreated(Map.of("name", Value.text("first"))));
    database.awaitCaughtUp(projection);
    projection.close();
    var rows = database.dump();
    var epoch = UUID.fromString(database.one("SELECT epoch FROM log.head"));
    var event = database.recordLog().eventsOf(ONE, -1, 1).getFirst();
    var change = new RowChange(event);
    change.add(event);

    try (var connection =
        DedicatedConnection.open(database.owner(), ViewSchema.PROJECTOR, Duration.ofSeconds(5))) {
      for (long elsewhere : new long[] {position - 1, position + 1}) {
        assertThat(ProjectRecords.run(connection, epoch, elsewhere, 7, List.of(change))).isFalse();
      }
      assertThat(ProjectRecords.run(connection, UUID.randomUUID(), position, 7, List.of(change)))
          .isFalse();
      assertThat(database.dump()).isEqualTo(rows);

      assertThat(ProjectRecords.run(connection, epoch, position, 7, List.of(change))).isTrue();
    }
  }

  @Test
  void several_nodes_that_project_at_once_do_no_harm() {
    var alone = database.projection(database.feed());
    var nodes = Stream.generate(() -> database.projection(database.feed())).limit(3).toList();
    var positions = new ArrayList<Long>();
    var history = new RandomHistory(Seed.ofThisRun().random(), 30);
    for (int i = 0; i < 150; i++) {
      write(history, 1);
      positions.add(Long.valueOf(database.one("SELECT position FROM view.projection")));
    }
    database.awaitCaughtUp(alone);
    nodes.forEach(database::awaitCaughtUp);
    for (var node : nodes) {
      node.close();
    }
    var together = database.dump();
    assertThat(positions).as("the projection never goes back").isSorted();

    alone.rebuild();
    Awaitility.await().until(() -> !alone.rebuildIsWanted());
    database.awaitCaughtUp(alone);

    assertThat(database.dump()).isEqualTo(together);
  }

  @Test
  void a_projection_goes_on_where_the_last_one_stopped() {
    var feed = database.feed();
    var before = database.projection(feed);
    database.writer().append(ONE, new RecordCreated(Map.of("name", Value.text("before"))));
    database.awaitCaughtUp(before);
    before.close();
    database.writer().append(ONE, renamed("before", "while away"));
    database
        .log()
        .execute("UPDATE view.record SET modified_by = gen_random_uuid() WHERE version = 0");

    database.awaitCaughtUp(database.projection(feed));

    assertThat(database.one("SELECT attributes ->> 'name' FROM view.record"))
        .isEqualTo("while away");
  }

  @Test
  void records_of_another_epoch_are_made_again() {
    database.writer().append(ONE, new RecordCreated(Map.of("name", Value.text("real"))));
    var before = database.projection(database.feed());
    database.awaitCaughtUp(before);
    before.close();
    database
        .log()
        .execute(
            """
            UPDATE log.head SET epoch = gen_random_uuid();
            UPDATE view.record SET attributes = '{"name": "of another history"}', version = 9
            """);

    var projection = database.projection(database.feed());
    Awaitility.await().until(() -> database.one("SELECT version FROM view.record").equals("0"));

    database.awaitCaughtUp(projection);
    assertThat(database.one("SELECT attributes ->> 'name' FROM view.record")).isEqualTo("real");
    assertThat(database.one("SELECT epoch FROM view.projection"))
        .isEqualTo(database.one("SELECT epoch FROM log.head"));
  }

  @Test
  void records_that_are_ahead_of_the_log_are_made_again() {
    database.writer().append(ONE, new RecordCreated(Map.of("name", Value.text("real"))));
    database.log().execute("UPDATE view.projection SET position = 77");

    var projection = database.projection(database.feed());

    database.awaitCaughtUp(projection);
    assertThat(database.rows("SELECT attributes ->> 'name' FROM view.record"))
        .containsExactly("real");
  }

  @Test
  void rows_that_somebody_removed_are_made_again_when_they_are_missed() {
    var projection = database.projection(database.feed());
    database.writer().append(ONE, new RecordCreated(Map.of("name", Value.text("first"))));
    database.awaitCaughtUp(projection);
    database.log().execute("DELETE FROM view.record");

    long position = database.writer().append(ONE, renamed("first", "second"));

    Awaitility.await().until(() -> projection.position() == position);
    assertThat(database.rows("SELECT attributes ->> 'name' FROM view.record"))
        .containsExactly("second");
  }

  @Test
  void text_that_postgresql_cannot_hold_does_not_stop_the_projection() {
    var projection = database.projection(database.feed());
    database.writer().append(ONE, new RecordCreated(Map.of("name", Value.text("a\0b"))));

    database.awaitCaughtUp(projection);

    assertThat(database.one("SELECT attributes ->> 'name' FROM view.record")).isEqualTo("a\uFFFDb");
  }

  @Test
  void who_waits_for_a_position_is_told_when_it_is_reached_and_when_not_in_time() throws Exception {
    var projection = database.projection(database.feed());
    long position =
        database.writer().append(ONE, new RecordCreated(Map.of("name", Value.text("x"))));

    assertThat(projection.await(position, Duration.ofSeconds(10))).isTrue();
    assertThat(projection.await(position + 1, Duration.ofMillis(50))).isFalse();
    assertThat(projection.health())
        .returns(true, ProjectionHealth::alive)
        .returns(position, ProjectionHealth::position)
        .returns(0L, ProjectionHealth::behind);
  }

  @Test
  void the_projector_can_write_views_and_read_the_log_only() throws SQLException {
    try (var connection =
        DedicatedConnection.open(database.owner(), ViewSchema.PROJECTOR, Duration.ofSeconds(5))) {
      for (String forbidden :
          List.of(
              "DELETE FROM log.event",
              "UPDATE log.head SET position = 0",
              "SELECT log.append(null,0,null,null,null,null,false,null,null,null,null,null,null,null,null,null)",
              "INSERT INTO view.projection VALUES ('x', 0, gen_random_uuid())",
              "DROP TABLE view.record")) {
        try (var statement = connection.createStatement()) {
          assertThatThrownBy(() -> statement.execute(forbidden))
              .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
      }
    }
    try (var connection =
            DedicatedConnection.open(database.owner(), LogSchema.READER, Duration.ofSeconds(5));
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("DELETE FROM view.record"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void it_goes_on_by_itself_after_the_database_was_killed(@TempDir Path directory)
      throws Exception {
    try (var server = PostgresProcess.start(directory)) {
      var source = new PGSimpleDataSource();
      source.setUrl(server.jdbcUrl("postgres"));
      source.setUser("postgres");
      LogSchema.migrate(source);
      ViewSchema.migrate(source);
      var reader = LogDatabase.readerOf(server.jdbcUrl("postgres"), "postgres", "");
      var writer = new LogWriter(source);
      var history = new RandomHistory(Seed.ofThisRun().random(), 20);
      try (var feed = EventFeed.start(reader, EventFeedSettings.DEFAULT);
          var projection =
              CurrentRecordsProjection.start(source, feed, CurrentRecordsSettings.DEFAULT);
          var records =
              new CurrentRecords(
                  source, new RecordLog(reader), projection, CurrentRecordsSettings.DEFAULT)) {
        for (int round = 0; round < 3; round++) {
          for (int i = 0; i < 20; i++) {
            writer.append(history.nextUnits());
          }
          server.kill9();
          server.restart();
          long last = writer.append(history.nextUnits());

          assertThat(projection.await(last, Duration.ofSeconds(20))).isTrue();
          var rows =
              Awaitility.await()
                  .ignoreExceptions()
                  .until(
                      () -> records.rows("widget", null, 1_000).states(),
                      found -> !found.isEmpty());
          for (var row : rows) {
            assertThat(new RecordLog(reader).state(row.record())).contains(row);
          }
        }
      }
    }
  }
}
