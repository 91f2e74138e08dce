package io.rowstream.query.eventfeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rowstream.query.eventfeed.FeedHealth.State;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.TestPostgres;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A feed that cannot go on says so and stops; it never steps over a hole.
class HealthIT {
  private LogDatabase database;
  private EventFeed feed;

  @BeforeEach
  void start() {
    database = LogDatabase.create();
    database.writer().append(Sample.contact(), Sample.created("first"));
    feed = EventFeed.start(database.reader(), Sample.QUICK);
  }

  @AfterEach
  void stop() {
    feed.close();
    database.close();
  }

  @Test
  void a_feed_that_follows_is_up_and_knows_where_it_is() {
    await().until(() -> feed.health().isUp() && feed.health().listening());
    assertThat(feed.health().position()).isEqualTo(1);
    assertThat(feed.health().eventsBehind()).isZero();
    assertThat(feed.health().sinceLastRead()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void a_dead_tailer_is_noticed() {
    feed.onAdvance(() -> {
      throw new AssertionError("dies");
    });
    database.writer().append(Sample.contact(), Sample.created("second"));

    await()
        .dontCatchUncaughtExceptions()
        .atMost(Sample.SOON)
        .until(() -> feed.health().state() == State.DEAD);
    assertThat(feed.health().detail()).contains("dies");
  }

  @Test
  void a_tailer_that_hangs_is_noticed() {
    var end = new CountDownLatch(1);
    feed.onAdvance(() -> {
      try {
        end.await();
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
    });
    database.writer().append(Sample.contact(), Sample.created("second"));

    await().atMost(Sample.SOON).until(() -> feed.health().state() == State.STUCK);
    assertThat(feed.health().detail()).contains("hangs");
    assertThat(feed.health().isUp()).isFalse();
    end.countDown();
    await().atMost(Sample.SOON).until(() -> feed.health().isUp());
  }

  @Test
  void a_listener_that_fails_does_not_harm_the_feed() throws Exception {
    feed.onAdvance(() -> {
      throw new IllegalStateException("fails");
    });
    var last = database.writer().append(Sample.contact(), Sample.created("second"));

    assertThat(feed.await(last, Sample.SOON)).isTrue();
    assertThat(feed.health().isUp()).isTrue();
  }

  @Test
  void another_epoch_stops_it() {
    database.execute("UPDATE log.head SET epoch = gen_random_uuid()");

    await().atMost(Sample.SOON).until(() -> feed.health().state() == State.EPOCH_CHANGED);
  }

  @Test
  void a_hole_stops_it_before_the_hole() throws Exception {
    var second = database.writer().append(Sample.contact(), Sample.created("second"));
    assertThat(feed.await(second, Sample.SOON)).isTrue();
    database.execute("UPDATE log.head SET position = position + 1");
    database.writer().append(Sample.contact(), Sample.created("fourth"));

    await().atMost(Sample.SOON).until(() -> feed.health().state() == State.DAMAGED);
    assertThat(feed.health().detail()).contains("hole");
    assertThat(feed.position()).isEqualTo(2);
  }

  @Test
  void events_the_head_counts_and_nobody_can_read_stop_it() {
    database.execute("UPDATE log.head SET position = position + 3");

    await().atMost(Sample.SOON).until(() -> feed.health().state() == State.DAMAGED);
  }

  @Test
  void a_log_that_has_lost_its_end_stops_it() {
    database.execute("DELETE FROM log.event");
    database.execute("UPDATE log.head SET position = 0");

    await().atMost(Sample.SOON).until(() -> feed.health().state() == State.DAMAGED);
    assertThat(feed.health().detail()).contains("lost");
  }

  @Test
  void a_torn_unit_stops_it() {
    database.execute(
        """
        WITH head AS (UPDATE log.head SET position = position + 1 RETURNING position)
        INSERT INTO log.event (position, record_id, entity_type, version, remaining,
                               committed_on, payload)
        SELECT head.position, gen_random_uuid(), 'contact', 0, 1, now(), e.payload
          FROM head, log.event e
         WHERE e.position = 1
        """);

    await().atMost(Sample.SOON).until(() -> feed.health().state() == State.DAMAGED);
    assertThat(feed.health().detail()).contains("torn");
  }

  @Test
  void an_event_of_a_newer_kind_stops_it_and_names_the_position_but_no_content() {
    database.execute(
        """
        WITH head AS (UPDATE log.head SET position = position + 1 RETURNING position)
        INSERT INTO log.event (position, record_id, entity_type, version, remaining,
                               committed_on, payload)
        SELECT head.position, gen_random_uuid(), 'contact', 0, 0, now(),
               convert_to('{"event":"secret-news","shape":9}', 'UTF8')
          FROM head
        """);

    await().atMost(Sample.SOON).until(() -> feed.health().state() == State.DAMAGED);
    assertThat(feed.health().detail()).contains("position 2").doesNotContain("secret");
  }

  @Test
  void readers_learn_that_it_stopped() throws Exception {
    var told = new CountDownLatch(1);
    feed.onAdvance(() -> {
      if (feed.health().state() == State.EPOCH_CHANGED) {
        told.countDown();
      }
    });
    database.execute("UPDATE log.head SET epoch = gen_random_uuid()");

    assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_closed_feed_says_so_and_still_gives_what_it_has() {
    feed.close();

    assertThat(feed.health().state()).isEqualTo(State.CLOSED);
    assertThat(feed.unitsAfter(0, 10)).hasSize(1);
  }

  @Test
  void a_start_without_a_log_fails_and_says_what_was_missing() {
    try (var empty = TestPostgres.shared().newDatabase()) {
      var settings = Sample.QUICK.withStartTimeout(Duration.ofSeconds(2));

      assertThatThrownBy(() -> EventFeed.start(empty.dataSource(), settings))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("log.head");
    }
  }

  @Test
  void a_start_against_a_database_that_never_answers_fails_in_time() {
    try (var proxy = database.proxy()) {
      proxy.silence();
      var settings = Sample.QUICK.withStartTimeout(Duration.ofSeconds(2));
      long before = System.nanoTime();

      assertThatThrownBy(() -> EventFeed.start(database.reader(proxy), settings))
          .isInstanceOf(IllegalStateException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void a_start_waits_for_a_log_that_comes_a_little_later() throws Exception {
    try (var proxy = database.proxy();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      proxy.refuse();
      var route = new Route(() -> database.reader(proxy));
      var starting = threads.submit(() -> EventFeed.start(route, EventFeedSettings.DEFAULT));
      await().until(() -> route.attempts().size() >= 3);

      proxy.accept();

      try (var late = starting.get()) {
        assertThat(late.position()).isEqualTo(1);
      }
    }
  }
}
