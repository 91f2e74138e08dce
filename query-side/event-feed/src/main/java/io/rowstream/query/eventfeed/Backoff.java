package io.rowstream.query.eventfeed;

import java.time.Duration;

/// Spaces the attempts to connect of one component: the first is made at once, the next ones no
/// sooner than `interval` after the one before. For one thread.
final class Backoff {
  private final long intervalNanos;
  private long lastAttempt;

  Backoff(Duration interval) {
    intervalNanos = interval.toNanos();
    lastAttempt = System.nanoTime() - intervalNanos;
  }

  /// How long to wait before the next attempt.
  Duration untilNext() {
    return Duration.ofNanos(Math.max(0, lastAttempt + intervalNanos - System.nanoTime()));
  }

  void attempt() {
    lastAttempt = System.nanoTime();
  }
}
