package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.SseClient;
import io.rowstream.testkit.SseEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The feed's guarantees that one watch on a quiet node shows; [StormIT], [SnapshotIT], [ResetIT]
/// and [StalledIT] show the others.
class GuaranteesIT extends OneNode {
  @Test
  void g1_positions_strictly_increase_and_versions_increase_by_one() throws SQLException {
    var records = List.of(Sample.contact(), Sample.contact(), Sample.contact());
    try (var watch = server.watch("")) {
      long last = 0;
      for (int i = 0; i < 300; i++) {
        last = writer.append(records.get(i % 3), Sample.created("n" + i));
      }
      watch.await(Sample.SOON, "change", last);

      Truth.assertOrdered(watch.received());
      assertThat(Truth.ofTheWatch(watch.received()))
          .isEqualTo(Truth.ofTheLog(database.owner(), _ -> true));
    }
  }

  @Test
  void g4_a_change_set_comes_in_one_frame_and_of_it_only_what_matches() {
    var mine = Sample.contact();
    var other = Sample.contact();
    var account = Sample.account();
    try (var all = server.watch("");
        var one = server.watch(Sample.of(mine));
        var contacts = server.watch("entity=contacts");
        var accounts = server.watch("entity=accounts")) {
      var last =
          writer.append(
              new Said(mine, Sample.created("mine")),
              new Said(account, Sample.created("account")),
              new Said(other, Sample.created("other")),
              new Said(mine, Sample.renamed("mine", "again")));

      assertThat(all.await(Sample.SOON, "change").changes()).hasSize(4);
      assertThat(all.await(Sample.SOON, "change").position()).isEqualTo(last);
      assertThat(records(one.await(Sample.SOON, "change"))).containsExactly(mine.id(), mine.id());
      assertThat(one.await(Sample.SOON, "change").position()).isEqualTo(last);
      assertThat(records(contacts.await(Sample.SOON, "change")))
          .containsExactly(mine.id(), other.id(), mine.id());
      assertThat(records(accounts.await(Sample.SOON, "change"))).containsExactly(account.id());
      assertThat(accounts.await(Sample.SOON, "change").position())
          .as("a frame stands for its whole unit")
          .isEqualTo(last);
    }
  }

  @Test
  void g5_a_watch_goes_on_from_its_cursor_on_any_node() {
    var ada = Sample.contact();
    var received = new ArrayList<SseEvent>();
    try (var second = WatchServer.start(database.reader())) {
      String cursor = "";
      for (int hop = 0; hop < 12; hop++) {
        var node = hop % 2 == 0 ? server : second;
        try (var watch = node.resume(Sample.of(ada), cursor)) {
          if (cursor.isEmpty()) {
            watch.await(Sample.SOON, "caught-up");
          }
          var position = writer.append(ada, Sample.created("n" + hop));
          watch.await(Sample.SOON, "change", position);
          received.addAll(watch.leave());
          cursor = watch.lastId();
        }
        writer.append(ada, Sample.created("between " + hop));
      }
    }

    Truth.assertOrdered(received);
    assertThat(Truth.ofTheWatch(received)).hasSize(23);
  }

  @Test
  void g5_a_watch_goes_on_after_a_restart_of_the_server() throws SQLException {
    var ada = Sample.contact();
    var received = new ArrayList<SseEvent>();
    String cursor;
    try (var watch = server.watch(Sample.of(ada) + "&from=start")) {
      var position = writer.append(ada, Sample.created("before"));
      watch.await(Sample.SOON, "change", position);
      server.close();
      await().until(watch::hasEnded);
      cursor = watch.lastId();
      received.addAll(watch.received());
    }
    writer.append(ada, Sample.created("while it was away"));

    server = WatchServer.start(database.reader());
    try (var watch = server.resume(Sample.of(ada) + "&from=start", cursor)) {
      var position = writer.append(ada, Sample.created("after"));
      watch.await(Sample.SOON, "change", position);
      received.addAll(watch.received());
    }

    Truth.assertOrdered(received);
    assertThat(Truth.ofTheWatch(received)).isEqualTo(Truth.ofTheLog(database.owner(), ada::equals));
  }

  @Test
  void g6_a_silent_watch_gets_bookmarks_that_move_on_and_can_be_resumed_from() {
    var silent = Sample.contact();
    String cursor;
    try (var watch = server.watch(Sample.of(silent))) {
      var last = 0L;
      for (int i = 0; i < 20; i++) {
        last = writer.append(Sample.contact(), Sample.created("others"));
      }
      watch.await(Sample.SOON, "bookmark", last);
      var times = watch.received("bookmark").stream().map(SseEvent::receivedNanos).toList();
      watch.await(Sample.SOON, e -> e.is("bookmark") && e.receivedNanos() > times.getLast());

      assertThat(watch.received("change")).isEmpty();
      cursor = watch.lastId();
    }
    var mine = writer.append(silent, Sample.created("mine"));
    try (var watch = server.resume(Sample.of(silent), cursor)) {
      assertThat(watch.await(Sample.SOON, "change").position()).isEqualTo(mine);
    }
  }

  @Test
  void g6_with_the_default_settings_bookmarks_are_never_more_than_five_seconds_apart() {
    try (var node =
            WatchServer.start(database.reader(), EventFeedSettings.DEFAULT, WatchSettings.DEFAULT);
        var watch = node.watch(Sample.of(Sample.contact()))) {
      long last = watch.await(Sample.SOON, "caught-up").receivedNanos();
      for (int i = 0; i < 2; i++) {
        long before = last;
        var next = watch.await(Sample.SOON, e -> e.is("bookmark") && e.receivedNanos() > before);
        assertThat(Duration.ofNanos(next.receivedNanos() - before))
            .isLessThan(Duration.ofSeconds(5));
        last = next.receivedNanos();
      }
    }
  }

  @Test
  void g8_caught_up_is_told_after_a_replay_and_before_anything_live() {
    for (int i = 0; i < 50; i++) {
      writer.append(Sample.contact(), Sample.created("n" + i));
    }
    await().until(() -> server.feed().position() == 50);
    try (var watch = server.watch("from=start")) {
      assertThat(watch.await(Sample.SOON, "caught-up").position()).isEqualTo(50);
      var live = writer.append(Sample.contact(), Sample.created("live"));
      watch.await(Sample.SOON, "change", live);

      var names = watch.received().stream().map(SseEvent::event).toList();
      assertThat(names.indexOf("caught-up")).isEqualTo(50);
      assertThat(watch.received("caught-up")).hasSize(1);
      assertThat(watch.received("fell-behind")).isEmpty();
    }
  }

  @Test
  void g11_what_is_not_committed_is_not_seen() throws Exception {
    try (var watch = server.watch("");
        var open = database.owner().getConnection()) {
      watch.await(Sample.SOON, "caught-up");
      open.setAutoCommit(false);
      try (var statement = open.createStatement()) {
        statement.execute("UPDATE log.head SET position = position + 1");
        statement.execute(
            """
            INSERT INTO log.event (position, record_id, entity_type, version, remaining,
                                   committed_on, payload)
            VALUES (1, gen_random_uuid(), 'contact', 0, 0, now(),
                    convert_to('{"event":"created","shape":1,"command":"c","actor":'
                      || '"11111111-1111-4111-8111-111111111111","values":{}}', 'UTF8'))
            """);
      }
      var since = System.nanoTime() + Duration.ofSeconds(1).toNanos();
      watch.await(Sample.SOON, e -> e.is("bookmark") && e.receivedNanos() > since);
      assertThat(watch.received("change")).isEmpty();
      assertThat(watch.received().getLast().position()).isZero();

      open.commit();
      assertThat(watch.await(Sample.SOON, "change").position()).isEqualTo(1);
    }
  }

  @Test
  void g12_a_read_after_a_notification_sees_at_least_that_version() throws Exception {
    var ada = Sample.contact();
    try (var watch = server.watch(Sample.of(ada));
        var reads = database.owner().getConnection();
        var read =
            reads.prepareStatement("SELECT max(version) AS v FROM log.event WHERE record_id = ?")) {
      read.setObject(1, ada.id());
      for (int i = 0; i < 100; i++) {
        var position = writer.append(ada, Sample.created("n" + i));
        var told = Truth.version(watch.await(Sample.SOON, "change", position).changes().getLast());
        try (var rows = read.executeQuery()) {
          rows.next();
          assertThat(rows.getLong("v")).isGreaterThanOrEqualTo(told);
        }
      }
    }
  }

  @Test
  void g13_a_write_answered_after_a_watch_was_opened_is_delivered_by_it() {
    for (int i = 0; i < 100; i++) {
      var ada = Sample.contact();
      try (var watch = server.watch(Sample.of(ada))) {
        var position = writer.append(ada, Sample.created("n" + i));
        assertThat(watch.await(Sample.SOON, "change").position()).isEqualTo(position);
      }
    }
  }

  @Test
  void g13_a_watch_opened_at_any_cursor_below_a_write_delivers_it() {
    var ada = Sample.contact();
    var cursors = new ArrayList<String>();
    try (var watch = server.watch(Sample.of(ada))) {
      watch.await(Sample.SOON, "caught-up");
      cursors.add(watch.lastId());
      for (int i = 0; i < 10; i++) {
        watch.await(Sample.SOON, "change", writer.append(ada, Sample.created("n" + i)));
        cursors.add(watch.lastId());
      }
    }
    var last = writer.append(ada, Sample.created("last"));
    for (int missed = 0; missed <= 10; missed++) {
      try (var watch = server.resume(Sample.of(ada), cursors.get(10 - missed))) {
        watch.await(Sample.SOON, "change", last);
        assertThat(watch.received("change")).hasSize(missed + 1);
      }
    }
  }

  @Test
  void g14_a_client_that_keeps_up_gets_a_change_a_few_milliseconds_after_its_commit() {
    var ada = Sample.contact();
    try (var watch = server.watch(Sample.of(ada))) {
      for (int i = 0; i < 300; i++) {
        watch.await(Sample.SOON, "change", writer.append(ada, Sample.created("warm" + i)));
      }
      var delays = new ArrayList<Long>();
      for (int i = 0; i < 300; i++) {
        var position = writer.append(ada, Sample.created("n" + i));
        long committed = System.nanoTime();
        long received = watch.await(Sample.SOON, "change", position).receivedNanos();
        delays.add(Math.max(0, received - committed) / 1_000);
      }
      var sorted = delays.stream().sorted().toList();
      System.out.printf(
          "commit to receipt, one watcher: p50 %d µs, p99 %d µs%n",
          sorted.get(150), sorted.get(297));
      assertThat(sorted.get(150)).isLessThan(20_000);
    }
  }

  private static List<UUID> records(SseEvent frame) {
    return frame.changes().stream().map(change -> Truth.record(change).id()).toList();
  }

  static void closeAll(List<SseClient> clients) {
    clients.forEach(SseClient::close);
  }
}
