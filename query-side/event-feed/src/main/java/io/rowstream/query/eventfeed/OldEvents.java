package io.rowstream.query.eventfeed;

import io.rowstream.eventlog.LogDamagedException;
import io.rowstream.eventlog.LogHead;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/// Events behind the ring, read from PostgreSQL in pages that readers of the same range share.
/// Thread-safe; callers wait for PostgreSQL.
///
/// Pages begin at multiples of the page size, or where an earlier page of large events had to end,
/// so that readers at different positions ask for the same ones. A page read to its end never
/// changes and is kept until newer ones displace it; one that several readers want is read once.
final class OldEvents {
  private final DataSource reader;
  private final EventFeedSettings settings;
  private final LongAdder reads = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<Long, FutureTask<Page>> pages = new LinkedHashMap<>(16, 0.75f, true);

  /// @param complete whether no event can be added to it
  private record Page(List<LoggedEvent> events, boolean complete) {
    long last() {
      return events.getLast().position();
    }
  }

  OldEvents(DataSource reader, EventFeedSettings settings) {
    this.reader = reader;
    this.settings = settings;
  }

  /// Whole units after `position` up to `last`, at least one, and no more once they hold
  /// `eventsMax` events.
  List<Unit> unitsAfter(long position, long last, int eventsMax) {
    var units = new ArrayList<Unit>();
    var begun = new ArrayList<LoggedEvent>();
    int taken = 0;
    var page = pageWith(position + 1, last);
    for (long next = position + 1; next <= last; next++) {
      if (next > page.last()) {
        page = pageWith(next, last);
      }
      var event = page.events.get(Math.toIntExact(next - page.events.getFirst().position()));
      begun.add(event);
      if (event.remaining() == 0) {
        if (!units.isEmpty() && taken + begun.size() > eventsMax) {
          break;
        }
        units.add(new Unit(begun));
        taken += begun.size();
        begun.clear();
        if (taken >= eventsMax) {
          break;
        }
      }
    }
    return units;
  }

  private Page pageWith(long position, long last) {
    long size = settings.pageEventsMax();
    long after = (position - 1) / size * size;
    long end = after + size;
    while (true) {
      var page = page(after, Math.min(end, last), end);
      if (page.last() >= position) {
        return page;
      }
      // A page others had asked for when the log was shorter is not kept; ask again.
      after = page.complete ? page.last() : after;
    }
  }

  private Page page(long after, long last, long end) {
    FutureTask<Page> reading;
    lock.lock();
    try {
      reading = pages.computeIfAbsent(after, _ -> new FutureTask<>(() -> read(after, last, end)));
      while (pages.size() > settings.pagesCachedMax()) {
        pages.remove(pages.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
    reading.run();
    try {
      var page = reading.get();
      if (!page.complete) {
        forget(after, reading);
      }
      return page;
    } catch (ExecutionException failure) {
      forget(after, reading);
      if (failure.getCause() instanceof LogDamagedException damage) {
        throw damage;
      }
      throw new LogUnreadableException("events after position " + after, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LogUnreadableException("events after position " + after, interrupted);
    }
  }

  private void forget(long after, FutureTask<Page> reading) {
    lock.lock();
    try {
      pages.remove(after, reading);
    } finally {
      lock.unlock();
    }
  }

  private Page read(long after, long last, long end) throws SQLException {
    reads.increment();
    int size = Math.toIntExact(last - after);
    try (var connection = reader.getConnection();
        var events = new ReadEvents(connection)) {
      var found = events.after(after, last, size, settings.pageBytesMax());
      if (found.isEmpty()) {
        throw new LogDamagedException("the log has a hole: nothing follows position " + after);
      }
      var list = found.stream().map(ReadEvents.Stored::event).toList();
      boolean cutBySize = list.size() < size;
      return new Page(list, last == end || cutBySize);
    }
  }

  Extract unitsOf(Collection<RecordRef> records, long position, long last, int eventsMax) {
    reads.increment();
    try (var connection = reader.getConnection();
        var events = new ReadRecords(connection)) {
      return events.unitsAfter(records, position, last, eventsMax, settings.pageBytesMax());
    } catch (SQLException failure) {
      throw new LogUnreadableException("events of records after position " + position, failure);
    }
  }

  /// The position of the log's last event at this moment.
  long head() {
    try (var connection = reader.getConnection()) {
      return LogHead.read(connection).position();
    } catch (SQLException failure) {
      throw new LogUnreadableException("the log's head", failure);
    }
  }

  /// How many pages were asked of PostgreSQL so far.
  long reads() {
    return reads.sum();
  }
}
