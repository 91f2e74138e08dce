package io.rowstream.benchmarks.feed;

import io.rowstream.benchmarks.http.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/// A share of the streams of [Watchers], served by one selector thread.
///
/// Everything but the latch and the counters belongs to that thread until it has ended.
final class WatchReader implements AutoCloseable {
  private static final Duration STOP_MAX = Duration.ofSeconds(30);

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
  private final List<Watch> watches = new ArrayList<>();
  private final Receipts receipts = new Receipts();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicLong received = new AtomicLong();
  private final CountDownLatch allOpen;
  private final Thread thread;
  private final int port;
  private final int count;
  private final int openingMax;
  private final IntUnaryOperator recordOf;
  private final IntFunction<String> pathOfRecord;
  private long readNanos;
  private long cpuNanosAtOpen;
  private long cpuNanos;
  private volatile boolean stopping;

  /// Opens `count` streams, at most `openingMax` at the same time; stream i watches record
  /// `recordOf(i)`.
  WatchReader(
      int port,
      int count,
      int openingMax,
      IntUnaryOperator recordOf,
      IntFunction<String> pathOfRecord)
      throws IOException {
    this.port = port;
    this.count = count;
    this.openingMax = openingMax;
    this.recordOf = recordOf;
    this.pathOfRecord = pathOfRecord;
    allOpen = new CountDownLatch(count);
    thread = Thread.ofPlatform().name("watchers").start(this::run);
  }

  void awaitOpen(Duration atMost) throws InterruptedException {
    if (!allOpen.await(atMost.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "%d of %d watchers open after %s, %d lost"
              .formatted(open.get(), count, atMost, lost.get()));
    }
  }

  private void run() {
    try {
      while (!stopping) {
        while (watches.size() < count && watches.size() - open.get() - lost.get() < openingMax) {
          int record = recordOf.applyAsInt(watches.size());
          byte[] request = Dialect.get(pathOfRecord.apply(record));
          watches.add(new Watch(record, port, request, selector, this::frame));
        }
        selector.select(this::serve, TimeUnit.SECONDS.toMillis(1));
      }
      cpuNanos = cpuTime() - cpuNanosAtOpen;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void serve(SelectionKey key) {
    var watch = (Watch) key.attachment();
    try {
      if (key.isConnectable()) {
        watch.connected();
      } else if (!receive(watch)) {
        lose(key, watch, "the server ended the stream, status " + watch.status());
      }
    } catch (IOException broken) {
      lose(key, watch, broken.toString());
    }
  }

  private boolean receive(Watch watch) throws IOException {
    boolean wasOpen = watch.isOpen();
    boolean more = watch.read(buffer);
    readNanos = System.nanoTime();
    more = more && watch.take(buffer) && !watch.isRefused();
    if (!wasOpen && watch.isOpen()) {
      open.incrementAndGet();
      cpuNanosAtOpen = cpuTime();
      allOpen.countDown();
    }
    return more;
  }

  private void lose(SelectionKey key, Watch watch, String reason) {
    key.cancel();
    if (lost.getAndIncrement() == 0 && !stopping) {
      System.err.println("first watcher lost: " + reason);
    }
    try {
      watch.close();
    } catch (IOException alreadyGone) {
      // Lost either way.
    }
  }

  private void frame(Watch watch, String event, FrameData data) {
    if (event.equals("change")) {
      long version = data.numberAfter(ChangeFrame.ROW_VERSION);
      received.incrementAndGet();
      receipts.add(UpdateKey.of(watch.record(), version), readNanos, data);
    }
  }

  int lost() {
    return lost.get();
  }

  /// Change frames so far.
  long received() {
    return received.get();
  }

  /// Ends all streams and gives what they received.
  Receipts stop() throws InterruptedException {
    stopping = true;
    selector.wakeup();
    if (!thread.join(STOP_MAX)) {
      throw new IllegalStateException("a thread of the watchers does not end");
    }
    return receipts;
  }

  /// What the selector thread took of a core since the last stream opened; known after [#stop].
  long cpuNanos() {
    return cpuNanos;
  }

  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Override
  public void close() throws IOException {
    stopping = true;
    selector.wakeup();
    try {
      thread.join(STOP_MAX);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    for (Watch watch : watches) {
      watch.close();
    }
    selector.close();
  }
}
