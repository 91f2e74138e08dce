package io.rowstream.benchmarks.feed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Every update that was sent and answered, by the version it led to.
final class SentUpdates {
  /// Both on the scale of [System#nanoTime].
  record Times(long sent, long answered) {}

  private final Map<Long, Times> byKey = new ConcurrentHashMap<>();

  void add(int record, long version, long sent, long answered) {
    byKey.put(UpdateKey.of(record, version), new Times(sent, answered));
  }

  /// How many frames a cell must bring for them.
  long frames(FeedCell cell) {
    return byKey.size() * (long) (cell.sameRecord() ? cell.watchers() : 1);
  }

  Map<Long, Times> byKey() {
    return byKey;
  }
}
