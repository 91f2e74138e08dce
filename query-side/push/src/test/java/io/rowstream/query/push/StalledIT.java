package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.SseClient;
import io.rowstream.testkit.SseEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// G16 and G8: who does not read is told, served from elsewhere or cut; nobody else notices.
class StalledIT {
  private static final String LARGE = "x".repeat(60_000);
  private static final Pattern ID = Pattern.compile("id: ([A-Za-z0-9_-]+)\nevent: change");

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
  void g16_clients_that_do_not_read_are_cut_and_the_others_do_not_notice() {
    var settings = WatchSettings.DEFAULT.withTimes(Duration.ofMillis(500), Duration.ofSeconds(2));
    try (var server = WatchServer.start(database.reader(), EventFeedSettings.DEFAULT, settings)) {
      var healthy = new ArrayList<SseClient>();
      for (int i = 0; i < 300; i++) {
        healthy.add(server.watch("entity=contacts"));
      }
      var alone = new ArrayList<Long>();
      for (int i = 0; i < 40; i++) {
        alone.add(delayMillis(healthy));
      }

      var stalled = new ArrayList<RawClient>();
      for (int i = 0; i < 4; i++) {
        stalled.add(new RawClient(server.port(), "entity=contacts"));
      }
      var besideStalled = new ArrayList<Long>();
      while (server.watch().cuts() < 4 && besideStalled.size() < 400) {
        besideStalled.add(delayMillis(healthy));
      }

      assertThat(server.watch().cuts()).isEqualTo(4);
      await().atMost(Sample.SOON).until(() -> server.watch().watchers() == 300);
      int writes = alone.size() + besideStalled.size();
      for (var client : healthy) {
        client.await(Sample.SOON, "change", writes);
        assertThat(client.received("change")).hasSize(writes);
        assertThat(client.hasEnded()).isFalse();
      }
      System.out.printf(
          "300 readers, 60 KB: p50 %d ms alone, %d ms beside 4 that stall (%d writes)%n",
          median(alone), median(besideStalled), besideStalled.size());
      assertThat(median(besideStalled)).isLessThan(3 * median(alone) + 20);
      GuaranteesIT.closeAll(healthy);
      stalled.forEach(RawClient::close);
    }
  }

  /// How long ten of the clients wait for a change that has been committed.
  private long delayMillis(List<SseClient> clients) {
    var position = database.writer().append(Sample.contact(), Sample.created(LARGE));
    long committed = System.nanoTime();
    for (int i = 0; i < clients.size(); i += clients.size() / 10) {
      clients.get(i).await(Sample.SOON, "change", position);
    }
    return (System.nanoTime() - committed) / 1_000_000;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  @Test
  void g16_who_was_cut_goes_on_from_the_last_cursor_it_read() {
    try (var server = WatchServer.start(database.reader());
        var stalled = new RawClient(server.port(), "entity=contacts")) {
      int writes = 0;
      for (; server.watch().cuts() == 0 && writes < 1_000; writes++) {
        database.writer().append(Sample.contact(), Sample.created(LARGE));
      }
      var read = stalled.readUntil("never");
      Matcher ids = ID.matcher(read);
      var cursors = new ArrayList<String>();
      while (ids.find()) {
        cursors.add(ids.group(1));
      }
      // The last frame may have been torn; the one before was whole.
      int whole = cursors.size() - 1;
      try (var again = server.resume("entity=contacts", cursors.get(whole - 1))) {
        again.await(Sample.SOON, "change", writes);
        assertThat(again.received("change"))
            .extracting(SseEvent::position)
            .isEqualTo(IntStream.rangeClosed(whole + 1, writes).mapToObj(i -> (long) i).toList());
      }
    }
  }

  @Test
  void g8_a_slow_client_behind_the_memory_is_told_gets_everything_and_is_told_again() {
    var feed = EventFeedSettings.DEFAULT.withRing(20, 1L << 30);
    var patient = WatchSettings.DEFAULT.withTimes(Duration.ofSeconds(5), Duration.ofMinutes(5));
    try (var server = WatchServer.start(database.reader(), feed, patient.withPages(8, 100));
        var slow = new RawClient(server.port(), "entity=contacts")) {
      int writes = 300;
      for (int i = 0; i < writes; i++) {
        database.writer().append(Sample.contact(), Sample.created(LARGE));
      }
      await().until(() -> server.feed().position() == writes);

      var read = slow.readUntil("\"position\":" + writes + ",");
      var rest = slow.readUntil("event: caught-up");

      var positions =
          Pattern.compile("event: change\ndata: \\{\"position\":(\\d+),")
              .matcher(read)
              .results()
              .map(m -> Long.parseLong(m.group(1)))
              .toList();
      assertThat(positions)
          .isEqualTo(IntStream.rangeClosed(1, writes).mapToObj(i -> (long) i).toList());
      assertThat(count(read + rest, LARGE)).isEqualTo(writes);
      assertThat(count(read, "event: fell-behind")).isEqualTo(1);
      assertThat(rest).contains("event: caught-up");
      int told = read.indexOf("event: fell-behind");
      assertThat(read.indexOf("event: caught-up")).isLessThan(told);
      assertThat(read.lastIndexOf("event: bookmark")).isLessThan(told);
    }
  }

  private static int count(String text, String what) {
    return text.split(Pattern.quote(what), -1).length - 1;
  }

  @Test
  void g15_without_any_wake_up_a_change_still_comes_within_a_second() {
    var settings = EventFeedSettings.DEFAULT;
    try (var proxy = database.proxy()) {
      var listenerSilenced = new SplitSource(database.reader(), database.reader(proxy));
      try (var server = WatchServer.start(listenerSilenced, settings, WatchServer.QUICK);
          var watch = server.watch("")) {
        await().until(() -> server.feed().health().listening());
        proxy.silence();
        var delays = new ArrayList<Long>();
        for (int i = 0; i < 10; i++) {
          var position = database.writer().append(Sample.contact(), Sample.created("n"));
          long committed = System.nanoTime();
          var received = watch.await(Sample.SOON, "change", position).receivedNanos();
          delays.add((received - committed) / 1_000_000);
        }
        assertThat(delays).allMatch(delay -> delay <= 1_000);
      }
    }
  }
}
