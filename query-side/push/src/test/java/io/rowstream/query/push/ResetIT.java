package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.eventlog.Cursor;
import io.rowstream.eventlog.CursorSeal;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.SseClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// G9: a watch that cannot go on says why; it is never 200 and silence.
class ResetIT {
  private LogDatabase database;
  private WatchServer server;

  @BeforeEach
  void start() {
    database = LogDatabase.create();
    database.writer().append(Sample.contact(), Sample.created("n"));
    server = WatchServer.start(database.reader());
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  @Test
  void g9_a_tampered_cursor_is_410_and_a_reset() {
    var good = seal(server.feed().epoch(), 1, everything());
    var flipped = (good.charAt(9) == 'A' ? 'B' : 'A');
    assertGone(good.substring(0, 9) + flipped + good.substring(10), "cursor-invalid");
    assertGone(good.substring(0, good.length() - 4), "cursor-invalid");
    assertGone(good + "AAAA", "cursor-invalid");
    assertGone("nonsense", "cursor-invalid");
    assertGone("0", "cursor-invalid");
    assertGone("9223372036854775807", "cursor-invalid");
    assertGone("x".repeat(2_000), "cursor-invalid");
    assertGone("%' OR 1=1 --", "cursor-invalid");
  }

  @Test
  void g9_a_cursor_sealed_elsewhere_is_invalid() {
    var elsewhere = new CursorSeal(new byte[] {1, 2, 3});
    assertGone(
        elsewhere.seal(new Cursor(server.feed().epoch(), 1, everything().digest())),
        "cursor-invalid");
  }

  @Test
  void g9_a_cursor_of_another_epoch() {
    assertGone(seal(UUID.randomUUID(), 1, everything()), "epoch");
  }

  @Test
  void g9_a_cursor_ahead_of_the_log() {
    assertGone(seal(server.feed().epoch(), 2, everything()), "cursor-ahead");
    assertGone(seal(server.feed().epoch(), Long.MAX_VALUE, everything()), "cursor-ahead");
  }

  @Test
  void g9_a_cursor_of_another_filter() {
    var other = new WatchFilter(Set.of(), Set.of("contact"), Set.of());
    assertGone(seal(server.feed().epoch(), 1, other), "filter-changed");
  }

  @Test
  void a_good_cursor_is_taken_from_the_parameter_and_the_header_wins_over_it() {
    var good = seal(server.feed().epoch(), 0, everything());
    try (var watch = server.watch("cursor=" + good)) {
      assertThat(watch.await(Sample.SOON, "change").position()).isEqualTo(1);
    }
    try (var watch = server.resume("cursor=nonsense&initial=true", good)) {
      assertThat(watch.await(Sample.SOON, "change").position()).isEqualTo(1);
      assertThat(watch.received("snapshot")).isEmpty();
    }
  }

  @Test
  void a_cursor_is_good_for_the_same_filter_written_in_another_order() {
    var a = Sample.contact();
    var b = Sample.contact();
    try (var watch = server.watch(Sample.of(a) + "&" + Sample.of(b))) {
      watch.await(Sample.SOON, "caught-up");
      try (var again = server.resume(Sample.of(b) + "&" + Sample.of(a), watch.lastId())) {
        assertThat(again.status()).isEqualTo(200);
      }
    }
  }

  @Test
  void a_cursor_from_a_node_that_has_read_further_is_good() throws Exception {
    try (var proxy = database.proxy();
        var late = WatchServer.start(database.reader(proxy))) {
      proxy.holdReplies();
      var ada = Sample.contact();
      String cursor;
      try (var watch = server.watch(Sample.of(ada))) {
        watch.await(Sample.SOON, "change", database.writer().append(ada, Sample.created("n")));
        cursor = watch.lastId();
      }
      assertThat(late.feed().position()).isEqualTo(1);

      var opening = CompletableFuture.supplyAsync(() -> late.resume(Sample.of(ada), cursor));
      await().during(Duration.ofMillis(300)).until(() -> !opening.isDone());
      proxy.release();

      try (var watch = opening.get()) {
        assertThat(watch.status()).isIn(200, 503);
      }
    }
  }

  @Test
  void g10_another_epoch_resets_open_watches_in_band_and_refuses_new_ones() {
    try (var watch = server.watch("")) {
      watch.await(Sample.SOON, "caught-up");
      database.execute("UPDATE log.head SET epoch = gen_random_uuid()");

      var reset = watch.await(Sample.SOON, "reset");
      assertThat(reset.json()).containsEntry("reason", "epoch");
      assertThat(reset.id()).isEmpty();
      await().until(watch::hasEnded);
    }
    try (var refused = server.watch("")) {
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void a_unit_whose_frames_cannot_all_be_made_ends_all_watches_and_is_told_to_none_twice() {
    var asked = new AtomicInteger();
    Function<UUID, @Nullable String> failing =
        _ -> {
          if (asked.incrementAndGet() == 2) {
            throw new IllegalStateException("planted");
          }
          return null;
        };
    try (var node = WatchServer.start(database.reader(), failing);
        var all = node.watch("");
        var contacts = node.watch("entity=contacts")) {
      all.await(Sample.SOON, "caught-up");
      contacts.await(Sample.SOON, "caught-up");

      database.writer().append(Sample.contact(), Sample.created("n"));

      await().atMost(Sample.SOON).until(() -> all.hasEnded() && contacts.hasEnded());
      assertThat(all.received("change").size() + contacts.received("change").size()).isLessThan(2);
      assertThat(node.watch().isUp()).isFalse();
      assertThat(node.feed().health().isUp()).isTrue();
    }
  }

  @Test
  void a_node_whose_feed_is_damaged_ends_its_watches_so_that_they_go_elsewhere() {
    try (var watch = server.watch("")) {
      watch.await(Sample.SOON, "caught-up");
      database.execute("UPDATE log.head SET position = position + 1");

      await().atMost(Sample.SOON).until(watch::hasEnded);
      assertThat(watch.received("reset")).isEmpty();
    }
  }

  private static WatchFilter everything() {
    return new WatchFilter(Set.of(), Set.of(), Set.of());
  }

  private String seal(UUID epoch, long position, WatchFilter filter) {
    return server.feed().seal().seal(new Cursor(epoch, position, filter.digest()));
  }

  private void assertGone(String cursor, String reason) {
    var parameter = "cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    try (var byHeader = server.resume("", cursor);
        var byParameter = server.watch(parameter)) {
      assertReset(byHeader, reason);
      assertReset(byParameter, reason);
    }
  }

  private static void assertReset(SseClient watch, String reason) {
    assertThat(watch.status()).isEqualTo(410);
    assertThat(watch.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    var reset = watch.await(Sample.SOON, "reset");
    assertThat(reset.json()).containsEntry("reason", reason).containsKey("position");
    await().until(watch::hasEnded);
  }
}
