package io.rowstream.benchmarks.load;

import io.rowstream.benchmarks.http.Service;
import io.rowstream.benchmarks.report.Round;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// A closed loop over HTTP/1.1: every connection sends, waits for the response and sends again.
///
/// One thread and one selector serve all connections, so that the generator takes as little as
/// possible of the cores it shares with the server.
final class LoadGenerator {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final Duration DRAIN_MAX = Duration.ofSeconds(30);

  private final Histogram nanos = new Histogram(LONGEST_NANOS, 3);
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
  private final String what;
  private final long from;
  private final long to;
  private int underWay;
  private long inMeasuredTime;
  private long failed;

  private LoadGenerator(String what, Duration warmUp, Duration measured) {
    this.what = what;
    from = System.nanoTime() + warmUp.toNanos();
    to = from + measured.toNanos();
  }

  static Round run(
      Service service, Operation operation, int connections, Duration warmUp, Duration measured)
      throws IOException {
    List<LoadConnection> open = new ArrayList<>();
    try (var selector = Selector.open()) {
      for (int connection = 0; connection < connections; connection++) {
        var share = service.records().share(connection, connections);
        open.add(new LoadConnection(service, operation, share, selector));
      }
      var load = new LoadGenerator(service.name() + " " + operation.title(), warmUp, measured);
      load.run(selector, open);
      return Round.of(load.inMeasuredTime / (measured.toNanos() / 1e9), load.nanos, load.failed);
    } finally {
      for (LoadConnection connection : open) {
        connection.close();
      }
    }
  }

  private void run(Selector selector, List<LoadConnection> connections) throws IOException {
    for (LoadConnection connection : connections) {
      connection.send();
      underWay++;
    }
    while (underWay > 0) {
      selector.select(this::serve, TimeUnit.SECONDS.toMillis(1));
      if (System.nanoTime() - to > DRAIN_MAX.toNanos()) {
        throw new IllegalStateException(what + ": " + underWay + " requests are still unanswered");
      }
    }
  }

  private void serve(SelectionKey key) {
    var connection = (LoadConnection) key.attachment();
    try {
      if (connection.receive(buffer)) {
        complete(connection);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void complete(LoadConnection connection) throws IOException {
    long end = System.nanoTime();
    if (connection.succeeded()) {
      count(connection.sentNanos(), end);
    } else if (failed++ == 0) {
      System.err.println(what + ", first failure: status " + connection.status());
    }
    if (end < to) {
      connection.send();
    } else {
      underWay--;
    }
  }

  private void count(long begin, long end) {
    if (end >= from && end < to) {
      inMeasuredTime++;
    }
    if (begin >= from) {
      nanos.recordValue(Math.min(end - begin, LONGEST_NANOS));
    }
  }
}
