package io.rowstream.query.eventfeed;

import io.rowstream.eventlog.CursorSeal;
import io.rowstream.eventlog.LogDamagedException;
import io.rowstream.eventlog.LogHead;
import io.rowstream.query.eventfeed.FeedHealth.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the log: reads what is committed, in order, and puts it into the ring unit by unit. One
/// thread.
///
/// It reads when woken and every poll interval. Once a second it looks at the log's head, to see
/// that the history is still the one it follows and that all the head counts can be read.
final class Tailer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Tailer.class);
  private static final long HEAD_CHECK_NANOS = Duration.ofSeconds(1).toNanos();

  /// Events before the head that are read at start, for readers that come back after a restart.
  private static final int WARM_EVENTS_MAX = 10_000;

  private final DedicatedConnections connections;
  private final EventFeedSettings settings;
  private final WakeUp wakeUp;
  private final Ring ring;
  private final Runnable onAdvance;
  private final Backoff backoff;
  private final CompletableFuture<Started> started = new CompletableFuture<>();

  // Used by the tailer's thread only.
  private final UnitAssembly assembly = new UnitAssembly();
  private @Nullable UUID epoch;
  private long lastHeadCheckNanos;
  private boolean told;

  private volatile long position;
  private volatile long headSeen;
  private volatile long lastAnswerNanos = System.nanoTime();
  private volatile State state = State.AWAY;
  private volatile String detail = "not connected yet";
  private volatile boolean closed;
  private volatile @Nullable Connection current;

  /// What the first look at the log told.
  record Started(UUID epoch, CursorSeal seal) {}

  /// @param onAdvance called on the tailer's thread after [#position] moved, and when it stops
  Tailer(
      DedicatedConnections connections,
      EventFeedSettings settings,
      WakeUp wakeUp,
      Ring ring,
      Runnable onAdvance) {
    this.connections = connections;
    this.settings = settings;
    this.wakeUp = wakeUp;
    this.ring = ring;
    this.onAdvance = onAdvance;
    this.backoff = new Backoff(settings.reconnectInterval());
  }

  /// Completes when the log has been read up to the head of that moment.
  CompletableFuture<Started> started() {
    return started;
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        Thread.sleep(backoff.untilNext());
        backoff.attempt();
        try (var connection = connections.open("rowstream tailer")) {
          current = connection;
          follow(connection);
        } catch (SQLException failure) {
          away(failure);
        }
      }
      stop(State.CLOSED, "closed");
    } catch (InterruptedException closing) {
      stop(State.CLOSED, "closed");
    } catch (EpochChangedException changed) {
      stop(State.EPOCH_CHANGED, String.valueOf(changed.getMessage()));
    } catch (LogDamagedException damage) {
      stop(State.DAMAGED, String.valueOf(damage.getMessage()));
    } catch (RuntimeException | Error failure) {
      LOG.error("the tailer dies; position={}", position, failure);
      stop(State.DEAD, failure.toString());
    }
  }

  private void away(SQLException failure) {
    state = State.AWAY;
    detail = failure.toString();
    if (!told && !closed) {
      told = true;
      LOG.warn("the log cannot be read, trying again; position={} cause={}", position, detail);
    }
  }

  private void stop(State why, String reason) {
    state = closed ? State.CLOSED : why;
    detail = reason;
    if (!closed) {
      LOG.error("the feed has stopped; state={} position={} reason={}", why, position, reason);
    }
    started.completeExceptionally(new LogDamagedException(reason));
    onAdvance.run();
  }

  private void follow(Connection connection) throws SQLException, InterruptedException {
    try (var events = new ReadEvents(connection)) {
      if (started.isDone()) {
        checkHead(connection, events);
      } else {
        begin(connection, events);
      }
      while (!closed) {
        boolean more = readPage(events);
        if (System.nanoTime() - lastHeadCheckNanos > HEAD_CHECK_NANOS) {
          checkHead(connection, events);
        }
        if (!more) {
          wakeUp.await(settings.pollInterval());
        }
      }
    }
  }

  private void following() {
    lastAnswerNanos = System.nanoTime();
    if (state != State.FOLLOWING) {
      state = State.FOLLOWING;
      detail = "";
      told = false;
      LOG.info("following the log; position={}", position);
    }
  }

  private void begin(Connection connection, ReadEvents events) throws SQLException {
    var head = LogHead.read(connection);
    var seal = CursorSeal.read(connection);
    position = unitEndNear(head.position() - WARM_EVENTS_MAX, events);
    ring.startAfter(position);
    readUpTo(head.position(), events);
    epoch = head.epoch();
    started.complete(new Started(head.epoch(), seal));
  }

  /// The end of the unit that the event at `somewhere` belongs to.
  private static long unitEndNear(long somewhere, ReadEvents events) throws SQLException {
    if (somewhere <= 0) {
      return 0;
    }
    var found = events.after(somewhere - 1, somewhere, 1, 1);
    if (found.isEmpty()) {
      throw new LogDamagedException("the log has a hole at position " + somewhere);
    }
    return somewhere + found.getFirst().event().remaining();
  }

  private void checkHead(Connection connection, ReadEvents events) throws SQLException {
    var head = LogHead.read(connection);
    if (epoch != null && !head.epoch().equals(epoch)) {
      throw new EpochChangedException(epoch, head.epoch());
    }
    if (head.position() < position) {
      throw new LogDamagedException(
          "the log has lost events: it ends at %d, %d was read before"
              .formatted(head.position(), position));
    }
    readUpTo(head.position(), events);
    lastHeadCheckNanos = System.nanoTime();
  }

  private void readUpTo(long head, ReadEvents events) throws SQLException {
    headSeen = Math.max(headSeen, head);
    while (position < head) {
      long before = lastRead();
      readPage(events);
      if (lastRead() == before) {
        throw new LogDamagedException(
            "the log has a hole: its head is at %d, nothing follows %d".formatted(head, before));
      }
    }
  }

  private long lastRead() {
    return position + assembly.eventsBegun();
  }

  /// @return whether the page was full, so that there may be more
  private boolean readPage(ReadEvents events) throws SQLException {
    var page =
        events.after(lastRead(), Long.MAX_VALUE, settings.pageEventsMax(), settings.pageBytesMax());
    following();
    long before = position;
    long bytes = 0;
    for (var stored : page) {
      bytes += stored.payloadBytes();
      assembly
          .add(stored)
          .ifPresent(assembled -> {
            ring.add(assembled.unit(), assembled.payloadBytes());
            position = assembled.unit().position();
          });
    }
    if (position > before) {
      headSeen = Math.max(headSeen, position);
      onAdvance.run();
    }
    boolean full = page.size() == settings.pageEventsMax() || bytes >= settings.pageBytesMax();
    if (!full && assembly.isBegun()) {
      throw new LogDamagedException("the log has a torn unit after position " + position);
    }
    return full;
  }

  long position() {
    return position;
  }

  State state() {
    return state;
  }

  String detail() {
    return detail;
  }

  long eventsBehind() {
    return Math.max(0, headSeen - position);
  }

  Duration sinceLastAnswer() {
    return Duration.ofNanos(System.nanoTime() - lastAnswerNanos);
  }

  void close() {
    closed = true;
    wakeUp.call();
    EventFeed.abort(current);
  }
}
