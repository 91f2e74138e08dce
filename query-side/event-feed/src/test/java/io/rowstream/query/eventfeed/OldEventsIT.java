package io.rowstream.query.eventfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.LogWriter.SaidTogether;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OldEventsIT {
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
  void readers_of_the_same_range_cost_one_query_for_each_page_not_for_each_reader()
      throws Exception {
    append(1_000, "n");
    var settings = Sample.QUICK.withRing(1, 1 << 20).withPages(100, 1 << 20, 16);
    try (var feed = EventFeed.start(database.reader(), settings)) {
      var outcomes =
          Rendezvous.race(
              64,
              number ->
                  () -> {
                    long at = number * 7L;
                    for (long next = at; next < 1_000; ) {
                      var units = feed.unitsAfter(next, 30);
                      assertThat(units.getFirst().position()).isEqualTo(next + 1);
                      next = units.getLast().position();
                    }
                    return number;
                  });

      assertThat(Outcome.thrown(outcomes)).isEmpty();
      assertThat(feed.pagesRead()).isEqualTo(10);
    }
  }

  @Test
  void pages_are_kept_up_to_their_bound() throws Exception {
    append(1_000, "n");
    var settings = Sample.QUICK.withRing(1, 1 << 20).withPages(100, 1 << 20, 2);
    try (var feed = EventFeed.start(database.reader(), settings)) {
      Sample.everythingIn(feed, 50);
      Sample.everythingIn(feed, 50);

      assertThat(feed.pagesRead()).isEqualTo(20);
    }
  }

  @Test
  void large_events_make_smaller_pages() throws Exception {
    append(60, "x".repeat(10_000));
    var settings = Sample.QUICK.withRing(1, 1 << 20).withPages(100, 50_000, 16);
    try (var feed = EventFeed.start(database.reader(), settings)) {
      assertThat(Sample.everythingIn(feed, 100))
          .isEqualTo(LongStream.rangeClosed(1, 60).boxed().toList());
      assertThat(feed.pagesRead()).isBetween(12L, 15L);
    }
  }

  @Test
  void a_page_read_while_the_log_still_grew_is_read_again_when_more_is_wanted() throws Exception {
    append(10, "n");
    var settings = Sample.QUICK.withRing(1, 1 << 20).withPages(100, 1 << 20, 16);
    try (var feed = EventFeed.start(database.reader(), settings)) {
      assertThat(Sample.everythingIn(feed, 100)).hasSize(10);

      append(10, "n");
      assertThat(feed.await(20, Sample.SOON)).isTrue();
      assertThat(Sample.everythingIn(feed, 100)).hasSize(20);
    }
  }

  private void append(int events, String name) {
    var units =
        IntStream.range(0, events)
            .mapToObj(_ ->
                new SaidTogether(
                    LogWriter.byAda(),
                    List.of(
                        new Said(
                            Sample.contact(),
                            new RecordCreated(Map.of("fullname", Value.text(name)))))))
            .toArray(SaidTogether[]::new);
    database.writer().append(units);
  }
}
