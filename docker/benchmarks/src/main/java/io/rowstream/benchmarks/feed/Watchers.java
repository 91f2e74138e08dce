package io.rowstream.benchmarks.feed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/// Many event streams and what they received.
///
/// As many threads read them as the machine has cores: a single one, alone among the event loops of
/// the server it shares them with, gets its turn too seldom and becomes what is measured.
final class Watchers implements AutoCloseable {
  /// Streams being opened at the same time: fewer than a server's accept queue holds.
  private static final int OPENING_MAX = 128;

  private static final Duration POLL = Duration.ofMillis(10);

  private final List<WatchReader> readers = new ArrayList<>();

  /// Opens `count` streams; stream i watches record i, or all of them record 0.
  Watchers(int port, int count, boolean sameRecord, IntFunction<String> pathOfRecord)
      throws IOException {
    int threads = Math.min(count, Runtime.getRuntime().availableProcessors());
    for (int thread = 0; thread < threads; thread++) {
      int first = thread;
      int share = (count - thread + threads - 1) / threads;
      int openingMax = Math.max(1, OPENING_MAX / threads);
      IntUnaryOperator recordOf = i -> sameRecord ? 0 : first + i * threads;
      readers.add(new WatchReader(port, share, openingMax, recordOf, pathOfRecord));
    }
  }

  void awaitOpen(Duration atMost) throws InterruptedException {
    for (var reader : readers) {
      reader.awaitOpen(atMost);
    }
  }

  /// Waits until so many change frames have come, or as long as is allowed.
  void awaitReceived(long frames, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (received() < frames && System.nanoTime() < deadline) {
      Thread.sleep(POLL);
    }
  }

  private long received() {
    return readers.stream().mapToLong(WatchReader::received).sum();
  }

  int lost() {
    return readers.stream().mapToInt(WatchReader::lost).sum();
  }

  /// Ends all streams and gives what they received.
  Receipts stop() throws InterruptedException {
    var receipts = new Receipts();
    for (var reader : readers) {
      receipts.addAll(reader.stop());
    }
    return receipts;
  }

  /// What the reading threads took of a core since the last stream of each opened; known after
  /// [#stop].
  long cpuNanos() {
    return readers.stream().mapToLong(WatchReader::cpuNanos).sum();
  }

  @Override
  public void close() throws IOException {
    for (var reader : readers) {
      reader.close();
    }
  }
}
