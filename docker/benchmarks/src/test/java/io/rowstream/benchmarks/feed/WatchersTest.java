package io.rowstream.benchmarks.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.benchmarks.http.Dialect;
import io.rowstream.benchmarks.http.Service;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchersTest {
  private static final Duration TIME = Duration.ofMillis(500);

  @Test
  void every_watcher_of_a_record_receives_every_update_of_it() throws Exception {
    try (var server = new FakeServer(0)) {
      var service = new Service("fake", server.port(), Dialect.ROWSTREAM, 1);
      service.create();
      var cell = new FeedCell(true, 50, 40);
      var sent = new SentUpdates();

      FeedRound round = send(service, cell, sent);

      assertThat(round.expected()).isEqualTo(sent.byKey().size() * 50L).isPositive();
      assertThat(round.missing()).isZero();
      assertThat(round.sinceSent().getTotalCount()).isEqualTo(round.expected());
      assertThat(round.sinceCommitted().getTotalCount()).isEqualTo(round.expected());
    }
  }

  @Test
  void every_record_is_watched_when_each_watcher_has_its_own() throws Exception {
    try (var server = new FakeServer(0)) {
      var service = new Service("fake", server.port(), Dialect.ROWSTREAM, 7);
      service.create();
      var cell = new FeedCell(false, 7, 100);
      var sent = new SentUpdates();

      FeedRound round = send(service, cell, sent);

      assertThat(round.expected()).isEqualTo(sent.byKey().size()).isGreaterThan(7);
      assertThat(round.missing()).isZero();
    }
  }

  private static FeedRound send(Service service, FeedCell cell, SentUpdates sent) throws Exception {
    try (var watchers =
        new Watchers(
            service.port(), cell.watchers(), cell.sameRecord(), record -> path(service, record))) {
      watchers.awaitOpen(Duration.ofSeconds(20));
      long from = System.nanoTime();
      new PacedSender(service, service.records().share(0, 1), cell.perSecond(), TIME, sent).call();
      watchers.awaitReceived(sent.frames(cell), Duration.ofSeconds(20));
      return FeedRound.of(cell, sent, watchers.stop(), from, TIME.toMillis() / 1e3);
    }
  }

  private static String path(Service service, int record) {
    return "/api/watch?record=contacts(" + service.records().id(record) + ")";
  }
}
