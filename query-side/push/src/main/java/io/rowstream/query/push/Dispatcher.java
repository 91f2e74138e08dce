package io.rowstream.query.push;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.eventfeed.Registration;
import io.rowstream.query.eventfeed.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes new units from the feed, makes each group's frames and wakes the groups' watchers.
///
/// A few new units are taken on the thread that has just read them: at a moderate rate every thread
/// that would have to wake first is a good part of the delay. What is more, and what could make one
/// wait, is left to a thread of its own.
final class Dispatcher implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int BATCH_EVENTS_MAX = 128;

  /// Frames are kept for one to two such intervals; watchers that could not take them by then are
  /// served from the feed.
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(2);

  /// The longest wait for a wake-up; a lost one costs no more than this.
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  private final EventFeed feed;
  private final Groups groups;
  private final Frames frames;
  private final WatchSettings settings;
  private final Semaphore calls = new Semaphore(0);
  private final ReentrantLock turn = new ReentrantLock();
  private final Thread thread;
  // Guarded by turn.
  private final Set<Group> withFrames = new HashSet<>();
  private boolean torn;
  private long lastSweep = System.nanoTime();
  private volatile long dispatched;
  private volatile boolean closed;
  private @Nullable Registration registration;
  private Runnable stopped = () -> {};

  Dispatcher(EventFeed feed, Groups groups, Frames frames, WatchSettings settings, long position) {
    this.feed = feed;
    this.groups = groups;
    this.frames = frames;
    this.settings = settings;
    this.dispatched = position;
    this.thread = Thread.ofPlatform().daemon().name("rowstream-push").unstarted(this);
  }

  long dispatched() {
    return dispatched;
  }

  void start(Runnable whenStopped) {
    stopped = whenStopped;
    registration = feed.onAdvance(this::advanced);
    thread.start();
  }

  private void advanced() {
    boolean done = false;
    if (!closed && turn.tryLock()) {
      try {
        if (feed.reachesBackTo(dispatched)) {
          var units = feed.unitsAfter(dispatched, BATCH_EVENTS_MAX);
          dispatch(units);
          done = !units.isEmpty() && dispatched >= feed.position();
        }
      } finally {
        turn.unlock();
      }
    }
    if (!done) {
      call();
    }
  }

  // Once is enough however often; permits must not pile up while nobody takes them.
  private void call() {
    if (calls.availablePermits() == 0) {
      calls.release();
    }
  }

  /// Whether nothing will be dispatched any more.
  boolean hasStopped() {
    return closed || !thread.isAlive() || feed.health().state().isFinal();
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        if (dispatchNext()) {
          continue;
        }
        if (hasStopped()) {
          stopped.run();
          return;
        }
        if (calls.tryAcquire(LOOK_INTERVAL.toNanos(), TimeUnit.NANOSECONDS)) {
          calls.drainPermits();
        }
      }
    } catch (InterruptedException closing) {
      // Nothing is left half done: frames are handed over whole.
    } catch (RuntimeException | Error failure) {
      LOG.error("the dispatcher died, ending all watches; position={}", dispatched, failure);
      stopped.run();
    }
  }

  /// @return whether there was something
  private boolean dispatchNext() {
    turn.lock();
    try {
      var units = feed.unitsAfter(dispatched, BATCH_EVENTS_MAX);
      dispatch(units);
      sweep();
      return !units.isEmpty();
    } catch (LogUnreadableException away) {
      return false;
    } finally {
      turn.unlock();
    }
  }

  private void dispatch(List<Unit> units) {
    if (units.isEmpty()) {
      return;
    }
    if (torn) {
      throw new IllegalStateException("units were handed over in part");
    }
    torn = true;
    var matches = groups.match(units);
    var touched = new ArrayList<Group>(matches.size());
    matches.forEach((group, concerned) -> {
      var made = new ArrayList<Frame>(concerned.size());
      for (var unit : concerned) {
        frames.change(unit, group.filter(), group.digest()).ifPresent(made::add);
      }
      if (!made.isEmpty()) {
        group.add(made, settings.framesKeptMax());
        withFrames.add(group);
        touched.add(group);
      }
    });
    dispatched = units.getLast().position();
    torn = false;
    touched.forEach(Group::wake);
  }

  private void sweep() {
    long now = System.nanoTime();
    if (now - lastSweep > SWEEP_INTERVAL.toNanos()) {
      lastSweep = now;
      withFrames.removeIf(group -> !group.age());
    }
  }

  void close() {
    closed = true;
    if (registration != null) {
      registration.close();
    }
    thread.interrupt();
  }
}
