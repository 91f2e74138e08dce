package io.rowstream.query.eventfeed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The most recent units, bounded by events and by bytes. Thread-safe.
///
/// A growing circular array in order of position; readers find their place by binary search.
final class Ring {
  private final int eventsMax;
  private final long bytesMax;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable Kept[] kept = new @Nullable Kept[64];
  private int first;
  private int count;
  private int events;
  private long bytes;
  private long floor;

  private record Kept(Unit unit, long bytes) {}

  Ring(int eventsMax, long bytesMax) {
    this.eventsMax = eventsMax;
    this.bytesMax = bytesMax;
  }

  /// Forgets everything; the next unit follows on `position`.
  void startAfter(long position) {
    lock.lock();
    try {
      kept = new @Nullable Kept[64];
      first = 0;
      count = 0;
      events = 0;
      bytes = 0;
      floor = position;
    } finally {
      lock.unlock();
    }
  }

  void add(Unit unit, long payloadBytes) {
    lock.lock();
    try {
      if (count == kept.length) {
        grow();
      }
      kept[index(count)] = new Kept(unit, payloadBytes);
      count++;
      events += unit.events().size();
      bytes += payloadBytes;
      while (events > eventsMax || bytes > bytesMax) {
        dropFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  private void grow() {
    var larger = new @Nullable Kept[kept.length * 2];
    for (int i = 0; i < count; i++) {
      larger[i] = kept[index(i)];
    }
    kept = larger;
    first = 0;
  }

  private void dropFirst() {
    var dropped = at(0);
    kept[first] = null;
    first = index(1);
    count--;
    events -= dropped.unit.events().size();
    bytes -= dropped.bytes;
    floor = dropped.unit.position();
  }

  private int index(int i) {
    return (first + i) & (kept.length - 1);
  }

  private Kept at(int i) {
    var found = kept[index(i)];
    if (found == null) {
      throw new IllegalStateException("nothing is kept at " + i);
    }
    return found;
  }

  /// Whether everything after `position` is here.
  boolean reachesBackTo(long position) {
    lock.lock();
    try {
      return position >= floor;
    } finally {
      lock.unlock();
    }
  }

  /// The units after `position`, at most `unitEventsMax` events but one unit in any case; null when
  /// the ring does not reach back that far.
  @Nullable List<Unit> after(long position, int unitEventsMax) {
    lock.lock();
    try {
      if (position < floor) {
        return null;
      }
      var units = new ArrayList<Unit>();
      int found = 0;
      for (int i = firstAfter(position); i < count; i++) {
        var unit = at(i).unit;
        if (found > 0 && found + unit.events().size() > unitEventsMax) {
          break;
        }
        found += unit.events().size();
        units.add(unit);
      }
      return units;
    } finally {
      lock.unlock();
    }
  }

  private int firstAfter(long position) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle).unit.position() > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  int events() {
    lock.lock();
    try {
      return events;
    } finally {
      lock.unlock();
    }
  }

  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
