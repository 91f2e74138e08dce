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

/// Many event streams served by one selector thread, and what they received.
///
/// Everything but the latch and the counters belongs to that thread until it has ended.
final class Watchers implements AutoCloseable {
  /// Streams being opened at the same time: fewer than a server's accept queue holds.
  private static final int OPENING_MAX = 128;

  private static final Duration STOP_MAX = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(10);

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
  private final IntFunction<String> pathOfRecord;
  private final boolean sameRecord;
  private long readNanos;
  private long cpuNanosAtOpen;
  private long cpuNanos;
  private volatile boolean stopping;

  /// Opens `count` streams; stream i watches record i, or all of them record 0.
  Watchers(int port, int count, boolean sameRecord, IntFunction<String> pathOfRecord)
      throws IOException {
    this.port = port;
    this.count = count;
    this.sameRecord = sameRecord;
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

  /// Waits until so many change frames have come, or as long as is allowed.
  void awaitReceived(long frames, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (received.get() < frames && System.nanoTime() < deadline) {
      Thread.sleep(POLL);
    }
  }

  private void run() {
    try {
      while (!stopping) {
        while (watches.size() < count && watches.size() - open.get() - lost.get() < OPENING_MAX) {
          int record = sameRecord ? 0 : watches.size();
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

  /// Ends all streams and gives what they received.
  Receipts stop() throws InterruptedException {
    stopping = true;
    selector.wakeup();
    if (!thread.join(STOP_MAX)) {
      throw new IllegalStateException("the watchers' thread does not end");
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
