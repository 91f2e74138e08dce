package io.rowstream.command.eventstore;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Fails appends that have no outcome in time. Thread-safe.
///
/// One look now and then instead of a timed wait for each: a virtual thread that waits with a limit
/// wakes the thread of its scheduler's timers twice, which costs as much as waiting itself. As all
/// have the same limit, they run out in the order in which they came.
final class Deadlines implements AutoCloseable {
  /// How much later than its time an append may fail, as a part of that time.
  private static final int LOOKS = 40;

  private final Duration timeout;
  private final Queue<Deadline> waiting = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  private record Deadline(PendingAppend append, long nanos) {}

  /// @param timeout the limit of each
  Deadlines(Duration timeout) {
    this.timeout = timeout;
    Thread.ofVirtual().name("append-deadlines").start(this::run);
  }

  void add(PendingAppend append) {
    waiting.add(new Deadline(append, System.nanoTime() + timeout.toNanos()));
  }

  private void run() {
    try {
      while (!closed || !waiting.isEmpty()) {
        Thread.sleep(timeout.dividedBy(LOOKS));
        long now = System.nanoTime();
        for (Deadline first = over(now); first != null; first = over(now)) {
          waiting.remove();
          first.append.abandon();
        }
      }
    } catch (InterruptedException _) {
      // Nobody interrupts this thread.
    }
  }

  private @Nullable Deadline over(long now) {
    Deadline first = waiting.peek();
    return first != null && (first.append.isAbandoned() || first.nanos - now <= 0) ? first : null;
  }

  /// Ends when the last append has its outcome.
  @Override
  public void close() {
    closed = true;
  }
}
