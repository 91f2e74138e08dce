package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.language.RecordRef;
import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.LogWriter.SaidTogether;
import io.rowstream.testkit.SseClient;
import io.rowstream.testkit.SseEvent;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many watchers, many events, or a long log: none of them multiplies with another.
class LoadIT {
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
  void a_burst_on_one_record_reaches_every_watcher_in_full() {
    var ada = Sample.contact();
    try (var server =
        WatchServer.start(database.reader(), EventFeedSettings.DEFAULT, WatchSettings.DEFAULT)) {
      var watches = open(server, Sample.of(ada), 50);
      append(ada, 10_000);

      for (var watch : watches) {
        watch.await(Duration.ofSeconds(60), "change", 10_000);
        Truth.assertOrdered(watch.received());
        assertThat(Truth.ofTheWatch(watch.received()))
            .extracting(Truth.Seen::version)
            .isEqualTo(IntStream.range(0, 10_000).mapToObj(i -> (long) i).toList());
      }
      GuaranteesIT.closeAll(watches);
    }
  }

  @Test
  void a_request_is_served_between_two_turns_of_a_crowd() throws Exception {
    int crowd = 600;
    try (var server = WatchServer.startOnOneEventLoop(database.reader());
        var http = HttpClient.newHttpClient()) {
      var watches = open(server, "entity=contacts", crowd);
      watches.forEach(watch -> watch.await(Sample.SOON, "caught-up"));
      var ask = HttpRequest.newBuilder(server.sent()).build();

      boolean between = false;
      for (int write = 1; write <= 50 && !between; write++) {
        long before = server.watch().framesSent();
        append(Sample.contact(), 1);
        long sent = before;
        // Bookmarks, a few at a time, are frames too.
        while (sent < before + crowd) {
          between |= sent > before + crowd / 4 && sent < before + crowd * 3 / 4;
          sent = Long.parseLong(http.send(ask, BodyHandlers.ofString()).body());
        }
      }

      assertThat(between).isTrue();
      GuaranteesIT.closeAll(watches);
    }
  }

  @Test
  void many_that_come_back_at_once_cost_a_query_for_each_range_not_for_each_of_them() {
    append(Sample.contact(), 3_000);
    var small = EventFeedSettings.DEFAULT.withRing(10, 1 << 20).withPages(500, 1 << 20, 16);
    try (var server = WatchServer.start(database.reader(), small, WatchServer.QUICK)) {
      String cursor;
      try (var first = server.watch("from=start")) {
        cursor = first.await(Sample.SOON, e -> e.position() == 700).id();
      }
      long before = server.feed().pagesRead();
      var watches = new ArrayList<SseClient>();
      for (int i = 0; i < 60; i++) {
        watches.add(server.resume("", cursor));
      }
      for (var watch : watches) {
        watch.await(Sample.SOON, "caught-up");
        assertThat(watch.received("change")).hasSize(2_300);
      }

      assertThat(server.feed().pagesRead() - before).isLessThanOrEqualTo(6);
      GuaranteesIT.closeAll(watches);
    }
  }

  @Test
  void a_rare_match_is_resumed_from_a_bookmark_and_found_from_the_start_without_reading_the_log() {
    var rare = Sample.contact();
    var small = EventFeedSettings.DEFAULT.withRing(10, 1 << 20).withPages(500, 1 << 20, 4);
    append(rare, 1);
    append(Sample.contact(), 10_000);
    try (var server = WatchServer.start(database.reader(), small, WatchServer.QUICK)) {
      String cursor;
      try (var watch = server.watch(Sample.of(rare))) {
        cursor = watch.await(Sample.SOON, "bookmark", 10_001).id();
      }
      append(rare, 1);
      long before = server.feed().pagesRead();
      try (var watch = server.resume(Sample.of(rare), cursor)) {
        watch.await(Sample.SOON, "change", 10_002);
      }
      try (var watch = server.watch(Sample.of(rare) + "&from=start")) {
        watch.await(Sample.SOON, "change", 10_002);
        assertThat(watch.received("change"))
            .extracting(SseEvent::position)
            .containsExactly(1L, 10_002L);
      }
      assertThat(server.feed().pagesRead() - before).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void watches_outlive_the_database_and_go_on_when_it_is_back() {
    var ada = Sample.contact();
    append(ada, 200);
    try (var proxy = database.proxy();
        var server =
            WatchServer.start(
                database.reader(proxy),
                EventFeedSettings.DEFAULT.withRing(10, 1 << 20),
                WatchServer.QUICK);
        var live = server.watch(Sample.of(ada))) {
      live.await(Sample.SOON, "caught-up");
      proxy.refuse();
      proxy.cutAll();
      await().until(() -> !server.feed().health().isUp());
      try (var replaying = server.watch("from=start")) {
        var seen = live.received().size();
        await().until(() -> live.received("bookmark").size() > seen + 3);
        await().until(() -> !replaying.received("bookmark").isEmpty());
        assertThat(replaying.received("change")).isEmpty();

        proxy.accept();
        append(ada, 1);

        live.await(Sample.SOON, "change", 201);
        replaying.await(Sample.SOON, "change", 201);
        assertThat(replaying.received("change")).hasSize(201);
        assertThat(live.hasEnded()).isFalse();
      }
    }
  }

  private List<SseClient> open(WatchServer server, String query, int count) {
    var watches = new ArrayList<SseClient>();
    for (int i = 0; i < count; i++) {
      watches.add(server.watch(query));
    }
    return watches;
  }

  private void append(RecordRef record, int events) {
    for (int done = 0; done < events; ) {
      int now = Math.min(1_000, events - done);
      var batch =
          IntStream.range(0, now)
              .mapToObj(i ->
                  new SaidTogether(
                      LogWriter.byAda(), List.of(new Said(record, Sample.created("n" + i)))))
              .toArray(SaidTogether[]::new);
      database.writer().append(batch);
      done += now;
    }
  }
}
