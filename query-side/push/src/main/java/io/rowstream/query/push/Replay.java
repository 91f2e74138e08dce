package io.rowstream.query.push;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.query.eventfeed.Extract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one watcher to the present: first a state if it asked for one, then what happened since,
/// from the feed's memory or from PostgreSQL. Runs on a virtual thread of its own, at the client's
/// pace; only reading is bounded to a few at the same moment, waiting for a slow client is not.
final class Replay implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
  private static final int UNITS_EVENTS_MAX = 256;
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

  private final Hub hub;
  private final Watcher watcher;
  private final WatchStart start;
  private final Group group;
  private final List<Frame> ready = new ArrayList<>();
  private int readyBytes;
  private long position;
  private long lastSent = System.nanoTime();
  private boolean tell;
  private boolean inSnapshot;

  Replay(Hub hub, Watcher watcher, WatchStart start) {
    this.hub = hub;
    this.watcher = watcher;
    this.start = start;
    this.group = watcher.group();
    this.position = start.position();
  }

  @Override
  public void run() {
    try {
      tell = !start.behind();
      inSnapshot = start.snapshot();
      if (inSnapshot) {
        sendSnapshot();
        inSnapshot = false;
      }
      do {
        readOn();
      } while (!answered(watcher.goLive(position, tell)));
    } catch (CancellationException | InterruptedException ended) {
      // The client is gone.
    } catch (RuntimeException failure) {
      LOG.error("a watch could not go on, cutting it; position={}", position, failure);
      watcher.cut();
    }
  }

  private void sendSnapshot() throws InterruptedException {
    var after = start.snapshotAfter();
    var filter = group.filter();
    int limit = hub.settings().snapshotPageMax();
    while (true) {
      var last = after;
      var page = read(() -> hub.snapshots().page(filter, last, position, limit));
      for (var item : page) {
        after = item.record();
        add(hub.frames().snapshot(item, position, filter, group.digest()));
        if (isFull()) {
          flush();
        }
      }
      if (page.size() < limit) {
        add(hub.frames().mark("snapshot-end", position, group.digest()));
        flush();
        return;
      }
    }
  }

  private void readOn() throws InterruptedException {
    while (true) {
      long from = position;
      readSome();
      if (position == from || position >= group.recent().floor()) {
        flush();
        return;
      }
      if (isFull()) {
        flush();
      }
      bookmarkIfSilent();
    }
  }

  // What was read and did not fit is forgotten: a client may be waited for, events are not held.
  private void readSome() throws InterruptedException {
    long from = position;
    boolean inMemory = hub.feed().reachesBackTo(from);
    var next = read(() -> next(from, inMemory));
    if (start.behind() && !tell && !inMemory) {
      tell = true;
      add(hub.frames().mark("fell-behind", from, group.digest()));
    }
    for (var unit : next.units()) {
      var frame = hub.frames().change(unit, group.filter(), group.digest());
      if (frame.isPresent()) {
        position = frame.get().position();
        add(frame.get());
        if (isFull()) {
          return;
        }
      }
    }
    position = next.position();
  }

  private Extract next(long from, boolean inMemory) {
    var filter = group.filter();
    if (!inMemory && filter.entityTypes().isEmpty() && !filter.records().isEmpty()) {
      return hub.feed().unitsOf(filter.records(), from, UNITS_EVENTS_MAX);
    }
    var units = hub.feed().unitsAfter(from, UNITS_EVENTS_MAX);
    return new Extract(units, units.isEmpty() ? from : units.getLast().position());
  }

  private void bookmarkIfSilent() throws InterruptedException {
    if (System.nanoTime() - lastSent > hub.settings().bookmarkInterval().toNanos()) {
      // A bookmark would say that the state has been sent; a comment only says that we live.
      add(inSnapshot ? Frame.COMMENT : group.bookmark(position, hub.frames()));
      flush();
    }
  }

  private void add(Frame frame) {
    ready.add(frame);
    readyBytes += frame.size();
  }

  private boolean isFull() {
    return readyBytes >= hub.settings().writeBytesMax();
  }

  private void flush() throws InterruptedException {
    if (!ready.isEmpty()) {
      answered(watcher.send(List.copyOf(ready)));
      ready.clear();
      readyBytes = 0;
      lastSent = System.nanoTime();
    }
  }

  private interface Read<T> {
    T now();
  }

  /// Reads when it is this one's turn, again and again while the database is away.
  private <T> T read(Read<T> reading) throws InterruptedException {
    while (true) {
      hub.readPermits().acquire();
      try {
        return reading.now();
      } catch (LogUnreadableException away) {
        LOG.debug("a watch waits for the database; position={}", position, away);
      } finally {
        hub.readPermits().release();
      }
      Thread.sleep(RETRY_INTERVAL);
      bookmarkIfSilent();
    }
  }

  private static boolean answered(CompletableFuture<Boolean> question) throws InterruptedException {
    try {
      return question.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
