package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.AppendFailedException.Meaning;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Fails appends that have no outcome in time. Thread-safe.
///
/// One look now and then instead of a timed wait for each: a virtual thread that waits with a limit
/// wakes the thread of its scheduler's timers twice, which costs as much as waiting itself. As all
/// have the same limit, they run out in the order in which they came. Held is, without its payload,
/// what has no outcome yet, and what came after the first of those, until its limit at most.
final class Deadlines implements AutoCloseable {
  static final String UNANSWERED = "the append was not answered in time; it may yet be written";

  /// Looks within the limit: an append fails as much later at most as lies between two of them.
  private static final int LOOKS = 40;

  private final Duration limit;
  private final Queue<Deadline> waiting = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;
  private volatile boolean ended;

  // Without the append, whose payload may be large.
  private record Deadline(CompletableFuture<AppendOutcome> outcome, long nanos) {
    boolean isOver(long now) {
      return outcome.isDone() || nanos - now <= 0;
    }

    void fail() {
      if (!outcome.isDone()) {
        outcome.completeExceptionally(new AppendFailedException(Meaning.UNKNOWN, UNANSWERED, null));
      }
    }
  }

  /// @param limit of each
  Deadlines(Duration limit) {
    this.limit = limit;
    Thread.ofVirtual().name("append-deadlines").start(this::run);
  }

  /// From now on `outcome` has the limit; after the end it has none left.
  void add(CompletableFuture<AppendOutcome> outcome) {
    waiting.add(new Deadline(outcome, System.nanoTime() + limit.toNanos()));
    if (ended) {
      waiting.forEach(Deadline::fail);
    }
  }

  /// Whether what is added is failed at once.
  boolean isEnded() {
    return ended;
  }

  private void run() {
    try {
      while (!closed || !waiting.isEmpty()) {
        Thread.sleep(limit.dividedBy(LOOKS));
        long now = System.nanoTime();
        for (Deadline first = over(now); first != null; first = over(now)) {
          waiting.remove();
          first.fail();
        }
      }
    } catch (InterruptedException _) {
      // Nobody interrupts this thread.
    } finally {
      ended = true;
      waiting.forEach(Deadline::fail);
    }
  }

  private @Nullable Deadline over(long now) {
    Deadline first = waiting.peek();
    return first != null && first.isOver(now) ? first : null;
  }

  /// Ends when the last append has its outcome.
  @Override
  public void close() {
    closed = true;
  }
}
