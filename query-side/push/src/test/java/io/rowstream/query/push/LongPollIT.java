package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.rowstream.eventlog.Cursor;
import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.testkit.Json;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.SseEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a poll is answered with, and when; [PolledStormIT] shows that nothing is missed.
class LongPollIT extends OneNode {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  @Test
  void without_a_wait_and_a_cursor_it_is_answered_at_once_with_the_present_cursor() {
    var before = writer.append(Sample.contact(), Sample.created("before"));
    await().until(() -> server.feed().position() == before);
    long asked = System.nanoTime();
    var first = poll("entity=contacts");

    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(AT_ONCE);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.frames()).isEmpty();
    assertThat(first.response().headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(first.response().headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    var after = writer.append(Sample.contact(), Sample.created("after"));
    var next = poll("entity=contacts&wait=10&cursor=" + first.cursor());
    assertThat(next.frames("change")).extracting(SseEvent::position).containsExactly(after);
  }

  @Test
  void a_change_answers_the_one_who_waits_for_it_also_without_a_cursor() {
    var ada = Sample.contact();
    var waiting = ask(Sample.of(ada) + "&wait=50");
    var position = writer.append(ada, Sample.created("Ada"));

    var answer = soon(waiting);
    assertThat(answer.events()).containsExactly("change");
    assertThat(answer.frames().getFirst().position()).isEqualTo(position);
    assertThat(answer.frames().getFirst().id()).isEqualTo(answer.cursor());
    var change = Json.at(answer.frames().getFirst().changes(), 0);
    assertThat(Json.at(change, "attributes", "fullname", "new")).isEqualTo("Ada");
  }

  @Test
  void the_frames_and_cursors_are_those_of_the_stream() {
    var ada = Sample.contact();
    for (int i = 0; i < 5; i++) {
      writer.append(ada, Sample.created("ünïcödé \" \\ \n " + i));
    }
    await().until(() -> server.feed().position() == 5);
    try (var watch = server.watch(Sample.of(ada) + "&from=start")) {
      watch.await(Sample.SOON, "caught-up");
      var polled = poll(Sample.of(ada) + "&from=start&wait=10");

      assertThat(polled.frames())
          .extracting(SseEvent::id, SseEvent::event, SseEvent::data)
          .containsExactlyElementsOf(
              watch.received().stream()
                  .limit(6)
                  .map(e -> tuple(e.id(), e.event(), e.data()))
                  .toList());
    }
  }

  @Test
  void a_wait_that_brings_nothing_ends_empty_with_a_cursor_that_has_moved_on() {
    var silent = Sample.of(Sample.contact());
    String cursor = poll(silent).cursor();
    var last = writer.append(Sample.contact(), Sample.created("others"));
    long asked = System.nanoTime();
    var answer = poll(silent + "&wait=1&cursor=" + cursor);

    assertThat(Duration.ofNanos(System.nanoTime() - asked))
        .isBetween(Duration.ofMillis(990), Duration.ofSeconds(5));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.frames()).isEmpty();
    assertThat(position(answer.cursor())).isEqualTo(last);
    assertThat(position(poll(silent + "&cursor=" + answer.cursor()).cursor())).isEqualTo(last);
  }

  @Test
  void a_long_log_with_nothing_to_tell_is_got_through_in_answers_that_lead_on() {
    server.close();
    var memoryless = EventFeedSettings.DEFAULT.withRing(16, 1 << 20).withPages(50, 20_000, 3);
    var settings = WatchSettings.DEFAULT.withTimes(Duration.ofMillis(100), Duration.ofSeconds(2));
    server = WatchServer.start(database.reader(), memoryless, settings);
    long last = 0;
    for (int unit = 0; unit < 20; unit++) {
      last = appendOthers(50);
    }
    long head = last;
    await().atMost(Sample.SOON).until(() -> server.feed().position() == head);

    String cursor = "";
    for (long at = -1; at < head; ) {
      var answer = poll("entity=accounts&from=start&cursor=" + cursor);
      cursor = answer.cursor();
      assertThat(answer.frames()).isEmpty();
      assertThat(position(cursor)).isGreaterThan(at);
      at = position(cursor);
    }
  }

  @Test
  void what_is_there_is_told_without_a_wait_also_when_it_is_found_at_the_end_of_a_long_way() {
    var ada = Sample.contact();
    for (int unit = 0; unit < 10; unit++) {
      appendOthers(20);
    }
    await().until(() -> server.feed().position() == 200);
    try (var watch = server.watch(Sample.of(ada))) {
      watch.await(Sample.SOON, "caught-up");
      for (int unit = 0; unit < 4; unit++) {
        appendOthers(20);
      }
      var position = writer.append(ada, Sample.created("Ada"));
      watch.await(Sample.SOON, "change", position);

      var answer = poll(Sample.of(ada) + "&from=start");
      assertThat(answer.frames("change")).extracting(SseEvent::position).containsExactly(position);
    }
  }

  private long appendOthers(int events) {
    var unit = new Said[events];
    for (int i = 0; i < events; i++) {
      unit[i] = new Said(Sample.contact(), Sample.created("others"));
    }
    return writer.append(unit);
  }

  @Test
  void an_answer_has_no_more_frames_and_bytes_than_it_may_and_the_rest_follows() {
    var few = new PollBounds(Duration.ofSeconds(60), 7, 1 << 20);
    var small = new PollBounds(Duration.ofSeconds(60), 500, 5_000);
    for (int i = 0; i < 40; i++) {
      writer.append(Sample.contact(), Sample.created("x".repeat(100)));
    }
    for (var bounds : List.of(few, small)) {
      var settings = WatchServer.QUICK.withPolls(bounds);
      var positions = new ArrayList<Long>();
      try (var node = WatchServer.start(database.reader(), EventFeedSettings.DEFAULT, settings)) {
        String cursor = "";
        for (int answers = 0; positions.size() < 40 && answers < 40; answers++) {
          var answer = Polled.get(node.changes("from=start&wait=5&cursor=" + cursor));
          assertThat(answer.frames()).hasSizeLessThanOrEqualTo(bounds.framesMax());
          int largest =
              answer.frames().stream().mapToInt(f -> f.data().length()).max().orElseThrow();
          assertThat(answer.frames().stream().mapToInt(f -> f.data().length()).sum())
              .isLessThan(bounds.bytesMax() + largest);
          answer.frames("change").forEach(frame -> positions.add(frame.position()));
          cursor = answer.cursor();
        }
      }
      assertThat(positions).hasSize(40).doesNotHaveDuplicates().isSorted();
    }
  }

  @Test
  void an_initial_state_comes_in_pieces_and_changes_follow() {
    server.close();
    var bounds = new PollBounds(Duration.ofSeconds(60), 4, 1 << 20);
    server =
        WatchServer.start(
            database.reader(), EventFeedSettings.DEFAULT, WatchServer.QUICK.withPolls(bounds));
    for (int i = 0; i < 10; i++) {
      writer.append(Sample.contact(), Sample.created("n" + i));
    }
    await().until(() -> server.feed().position() == 10);
    var answer = poll("entity=contacts&initial=true&wait=5");
    var late = writer.append(Sample.contact(), Sample.created("late"));

    var events = new ArrayList<>(answer.events());
    while (!events.contains("change")) {
      answer = poll("entity=contacts&initial=true&wait=5&cursor=" + answer.cursor());
      events.addAll(answer.events());
    }
    assertThat(events.subList(0, 10)).containsOnly("snapshot");
    assertThat(events.get(10)).isEqualTo("snapshot-end");
    assertThat(events).containsOnlyOnce("snapshot-end").containsOnlyOnce("change");
    assertThat(answer.frames("change").getFirst().position()).isEqualTo(late);
  }

  @Test
  void g9_a_cursor_that_leads_nowhere_is_410_with_the_reset_among_the_frames() {
    var seal = server.feed().seal();
    long digest = new WatchFilter(Set.of(), Set.of(), Set.of()).digest();
    assertReset("nonsense", "cursor-invalid");
    assertReset(seal.seal(new Cursor(UUID.randomUUID(), 0, digest)), "epoch");
    assertReset(seal.seal(new Cursor(server.feed().epoch(), 99, digest)), "cursor-ahead");
    assertReset(seal.seal(new Cursor(server.feed().epoch(), 0, digest + 1)), "filter-changed");
  }

  private void assertReset(String cursor, String reason) {
    var answer = poll("wait=30&cursor=" + cursor);
    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.cursor()).isEmpty();
    assertThat(answer.events()).containsExactly("reset");
    assertThat(answer.frames().getFirst().json()).containsEntry("reason", reason);
    var error = Json.at(Json.object(answer.response().body()), "error");
    assertThat(Json.at(error, "code")).isEqualTo("0x80044352");
    assertThat(answer.response().headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void g10_another_epoch_resets_those_who_wait() {
    var waiting = waiting("wait=50");
    database.execute("UPDATE log.head SET epoch = gen_random_uuid()");

    var answer = soon(waiting);
    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.events()).containsExactly("reset");
    assertThat(answer.frames().getFirst().json()).containsEntry("reason", "epoch");
    assertThat(poll("").status()).isEqualTo(503);
  }

  @Test
  void a_node_that_goes_away_answers_those_who_wait_and_they_go_on_elsewhere() throws SQLException {
    var ada = Sample.contact();
    var waiting = waiting(Sample.of(ada) + "&wait=50");
    server.watch().close();

    var answer = soon(waiting);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.frames()).isEmpty();
    writer.append(ada, Sample.created("while it was away"));
    try (var other = WatchServer.start(database.reader())) {
      var next = Polled.get(other.changes(Sample.of(ada) + "&wait=10&cursor=" + answer.cursor()));
      assertThat(Truth.ofTheWatch(next.frames()))
          .isEqualTo(Truth.ofTheLog(database.owner(), ada::equals));
    }
  }

  @Test
  void a_wait_is_whole_seconds_up_to_its_bound_and_a_stream_has_none() {
    for (var wait : List.of("61", "-1", "1.5", "x", "", "1e1", "99999999999999999999")) {
      var answer = poll("wait=" + wait);
      assertThat(answer.status()).as(wait).isEqualTo(400);
      assertThat(answer.response().body()).contains("0x80060888", "0 to 60");
    }
    assertThat(poll("wait=0&wait=0").status()).isEqualTo(400);
    assertThat(poll("entity=nothings").status()).isEqualTo(400);
    assertThat(poll("filter=name%20eq%20'x'").status()).isEqualTo(400);
    assertThat(Polled.get(server.uri("wait=1")).status()).isEqualTo(400);
  }

  private Polled poll(String query) {
    return Polled.get(server.changes(query));
  }

  private CompletableFuture<Polled> ask(String query) {
    int before = server.watch().watchers();
    var asked = Polled.ask(server.changes(query));
    await().until(() -> server.watch().watchers() > before && server.watch().groups() > 0);
    return asked;
  }

  private CompletableFuture<Polled> waiting(String query) {
    var asked = ask(query);
    await().during(Duration.ofMillis(100)).until(() -> !asked.isDone());
    return asked;
  }

  private static Polled soon(CompletableFuture<Polled> asked) {
    return asked.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private long position(String cursor) {
    return server.feed().seal().open(cursor).orElseThrow().position();
  }
}
