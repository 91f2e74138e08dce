package io.rowstream.benchmarks.feed;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Every change frame that was received: which update, and when. Filled by one thread.
final class Receipts {
  private long[] keys = new long[64 * 1024];
  private long[] nanos = new long[64 * 1024];
  private int size;

  /// What `committedOn` said, as nanoseconds on the scale of [System#nanoTime].
  private final Map<Long, Long> committed = new HashMap<>();

  private long lastKey = -1;

  /// @param receivedNanos [System#nanoTime] right after the read
  void add(long key, long receivedNanos, FrameData data) {
    grow(size + 1);
    keys[size] = key;
    nanos[size++] = receivedNanos;
    // The same for all who receive this update, so one of them is enough.
    if (key != lastKey && !committed.containsKey(key)) {
      noteCommitted(key, data);
    }
    lastKey = key;
  }

  void addAll(Receipts others) {
    grow(size + others.size);
    System.arraycopy(others.keys, 0, keys, size, others.size);
    System.arraycopy(others.nanos, 0, nanos, size, others.size);
    size += others.size;
    committed.putAll(others.committed);
  }

  private void grow(int needed) {
    if (needed > keys.length) {
      int length = Math.max(needed, keys.length * 2);
      keys = Arrays.copyOf(keys, length);
      nanos = Arrays.copyOf(nanos, length);
    }
  }

  private void noteCommitted(long key, FrameData data) {
    try {
      Instant committedOn = Instant.parse(data.textAfter(ChangeFrame.COMMITTED_ON));
      long wallMinusNanoTime = epochNanos(Instant.now()) - System.nanoTime();
      committed.put(key, epochNanos(committedOn) - wallMinusNanoTime);
    } catch (DateTimeParseException none) {
      // No figure for this update then; the report counts those it has.
    }
  }

  private static long epochNanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  int size() {
    return size;
  }

  long key(int receipt) {
    return keys[receipt];
  }

  long nanos(int receipt) {
    return nanos[receipt];
  }

  Map<Long, Long> committed() {
    return committed;
  }
}
