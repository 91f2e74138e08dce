package io.rowstream.query.eventfeed;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Tells one sleeper that there may be something to do; many calls before it looks count as one.
final class WakeUp {
  private final Semaphore calls = new Semaphore(0);

  // Once is enough however often; permits must not pile up while nobody takes them.
  void call() {
    if (calls.availablePermits() == 0) {
      calls.release();
    }
  }

  /// Returns when called, or after `longest`.
  void await(Duration longest) throws InterruptedException {
    if (calls.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
      calls.drainPermits();
    }
  }
}
