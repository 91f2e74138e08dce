package io.rowstream.command.app;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Ids for new records: UUIDs of version 7 (RFC 9562), milliseconds first and random bits after, so
/// that records created together lie together in every index. Thread-safe if its random source is.
record TimeOrderedIds(Clock clock, RandomGenerator random) implements Supplier<UUID> {

  @Override
  public UUID get() {
    long high = clock.millis() << 16 | 0x7000 | random.nextInt(1 << 12);
    long low = random.nextLong() >>> 2 | 1L << 63;
    return new UUID(high, low);
  }
}
