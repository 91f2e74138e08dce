package io.rowstream.query.eventfeed;

import io.rowstream.eventlog.CursorSeal;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.RecordRef;
import io.rowstream.query.eventfeed.FeedHealth.State;
import io.rowstream.query.eventfeed.Tailer.Started;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every event of the log, in commit order and without holes, as soon as it is committed.
/// Thread-safe.
///
/// One thread per feed follows the log and keeps the most recent units in memory; any number of
/// readers take from there, each at its own pace, and from PostgreSQL what is older. The feed goes
/// on by itself when the database was away. It stops, and [#health] says why, when going on would
/// mean a hole.
public final class EventFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
  private static final Duration CLOSE_TIME_MAX = Duration.ofSeconds(5);

  private final EventFeedSettings settings;
  private final WakeUp wakeUp = new WakeUp();
  private final Ring ring;
  private final OldEvents oldEvents;
  private final Tailer tailer;
  private final Listener listener;
  private final Thread tailerThread;
  private final Thread listenerThread;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private @Nullable Started started;

  private EventFeed(DataSource reader, EventFeedSettings settings) {
    this.settings = settings;
    var connections = new DedicatedConnections(reader, settings.readTimeout());
    ring = new Ring(settings.ringEventsMax(), settings.ringBytesMax());
    oldEvents = new OldEvents(reader, settings);
    tailer = new Tailer(connections, settings, wakeUp, ring, this::announce);
    listener = new Listener(connections, settings, this::heard);
    tailerThread = Thread.ofPlatform().daemon().name("rowstream-tailer").unstarted(tailer);
    listenerThread = Thread.ofPlatform().daemon().name("rowstream-listener").unstarted(listener);
  }

  /// Starts to follow the log at its present head.
  ///
  /// @param reader connections of the role `rowstream_reader`, or of one that may become it; two
  ///   more are opened past the pool when it is a HikariCP pool
  /// @throws IllegalStateException if the log could not be read within the start timeout
  public static EventFeed start(DataSource reader, EventFeedSettings settings) {
    var feed = new EventFeed(reader, settings);
    feed.tailerThread.start();
    feed.listenerThread.start();
    try {
      feed.started =
          feed.tailer.started().get(settings.startTimeout().toNanos(), TimeUnit.NANOSECONDS);
      return feed;
    } catch (TimeoutException | ExecutionException failure) {
      String detail = feed.tailer.detail();
      feed.close();
      throw new IllegalStateException("the feed was not started: " + detail, failure);
    } catch (InterruptedException interrupted) {
      feed.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the feed was not started", interrupted);
    }
  }

  private Started started() {
    if (started == null) {
      throw new IllegalStateException("the feed has not started");
    }
    return started;
  }

  /// Names the history that is followed; the same for the life of the feed.
  public UUID epoch() {
    return started().epoch();
  }

  /// Makes and opens cursors of this log.
  public CursorSeal seal() {
    return started().seal();
  }

  /// The last position read: always the end of a unit. Everything up to it can be had.
  public long position() {
    return tailer.position();
  }

  /// Reads what is new at once, without waiting for PostgreSQL to tell of it: for who has just
  /// committed in this process. Returns without waiting.
  public void look() {
    wakeUp.call();
  }

  private void heard(long upTo) {
    if (upTo > position()) {
      wakeUp.call();
    }
  }

  /// Whole units after `position`, oldest first, from memory if it reaches back that far, else from
  /// PostgreSQL, for which the caller waits. Empty when there are none yet.
  ///
  /// @param position 0 or the end of a unit
  /// @param eventsMax the most events in the answer, unless a single unit has more
  /// @throws LogUnreadableException if PostgreSQL was asked and did not answer
  public List<Unit> unitsAfter(long position, int eventsMax) {
    long last = position();
    if (position >= last) {
      return List.of();
    }
    var recent = ring.after(position, eventsMax);
    return recent != null ? recent : oldEvents.unitsAfter(position, last, eventsMax);
  }

  /// What happened to `records` after `position`, from PostgreSQL, for which the caller waits: the
  /// short way through a long log for who wants little of it.
  ///
  /// @param position 0 or the end of a unit
  /// @param eventsMax the most events in the answer, unless a single unit has more
  /// @throws LogUnreadableException if PostgreSQL did not answer
  public Extract unitsOf(Collection<RecordRef> records, long position, int eventsMax) {
    long last = position();
    return position >= last
        ? new Extract(List.of(), position)
        : oldEvents.unitsOf(records, position, last, eventsMax);
  }

  /// Whether everything after `position` is in memory.
  public boolean reachesBackTo(long position) {
    return ring.reachesBackTo(position);
  }

  /// Whether the log has come to `position`, even if this feed has not. PostgreSQL is asked if need
  /// be, for which the caller waits.
  ///
  /// @throws LogUnreadableException if PostgreSQL was asked and did not answer
  public boolean isInLog(long position) {
    return position <= position() || position <= oldEvents.head();
  }

  /// Waits until [#position] has come to `position`.
  ///
  /// @return whether it has
  public boolean await(long position, Duration wait) throws InterruptedException {
    if (position() >= position) {
      return true;
    }
    long left = wait.toNanos();
    lock.lock();
    try {
      while (position() < position) {
        if (left <= 0) {
          return false;
        }
        left = advanced.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Calls `listener` after [#position] has moved, and when the feed has stopped. It is called on
  /// the thread that reads the log: what takes long there, delays everybody.
  public Registration onAdvance(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void announce() {
    lock.lock();
    try {
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
    for (var each : listeners) {
      try {
        each.run();
      } catch (RuntimeException failure) {
        LOG.error("a listener failed; position={}", position(), failure);
      }
    }
  }

  public FeedHealth health() {
    var state = tailer.state();
    var detail = tailer.detail();
    var silent = tailer.sinceLastAnswer();
    if (state == State.FOLLOWING && !tailerThread.isAlive()) {
      state = State.DEAD;
      detail = "the tailer's thread is gone";
    } else if (state == State.FOLLOWING && silent.compareTo(silenceMax()) > 0) {
      state = State.STUCK;
      detail = "the tailer hangs";
    }
    return new FeedHealth(
        state, detail, position(), tailer.eventsBehind(), silent, listener.isListening());
  }

  private Duration silenceMax() {
    return settings.pollInterval().plus(settings.readTimeout().multipliedBy(2));
  }

  /// Pages read from PostgreSQL for readers behind the ring, since the start.
  public long pagesRead() {
    return oldEvents.reads();
  }

  /// Events in memory.
  public int eventsInMemory() {
    return ring.events();
  }

  /// Payload bytes of the events in memory.
  public long bytesInMemory() {
    return ring.bytes();
  }

  /// Ends both threads and their connections. Units already read can still be had.
  @Override
  public void close() {
    tailer.close();
    listener.close();
    tailerThread.interrupt();
    listenerThread.interrupt();
    try {
      tailerThread.join(CLOSE_TIME_MAX);
      listenerThread.join(CLOSE_TIME_MAX);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static void abort(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException alreadyBroken) {
        LOG.debug("not aborted", alreadyBroken);
      }
    }
  }
}
