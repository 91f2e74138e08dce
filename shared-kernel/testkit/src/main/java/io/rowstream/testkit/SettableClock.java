package io.rowstream.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until a test moves it.
///
/// It may be read and moved from any thread. Clocks made by [#withZone] show the same instant.
public final class SettableClock extends Clock {
  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  private SettableClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /// A clock in UTC that shows `now`.
  public static SettableClock at(Instant now) {
    return new SettableClock(new AtomicReference<>(now), ZoneOffset.UTC);
  }

  /// Moves to `instant`, forwards or backwards.
  public void set(Instant instant) {
    now.set(instant);
  }

  /// Moves by `step`, backwards if it is negative, and returns the new instant.
  public Instant advance(Duration step) {
    return now.updateAndGet(instant -> instant.plus(step));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new SettableClock(now, other);
  }
}
