package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.AppendFailedException.Meaning;
import io.rowstream.eventlog.LogHead;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits the appends of many commands as one transaction, each with an outcome of its own.
///
/// One writer takes whatever has queued up while the batch before was committing, within bounds,
/// and commits it in one round trip. An idle store therefore commits at once and a busy one in
/// groups; nobody waits for a timer. Thread-safe.
public final class GroupCommit implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  /// How long the writer looks for work before it sleeps, while there are several senders.
  private static final long AWAKE_NANOS = 100_000;

  private final GroupCommitSettings settings;
  private final BlockingQueue<PendingAppend> queue;
  private final BatchWriter writer;
  private final Thread thread;

  // Not private: a test ends it.
  final Deadlines deadlines;

  private final LogHead startedAt;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  // Whether the last batch held appends of several senders. Used by the writer thread only.
  private boolean shared;

  private GroupCommit(
      DataSource dataSource, GroupCommitSettings settings, Clock clock, WriterConnection first)
      throws SQLException {
    this.settings = settings;
    this.queue = new ArrayBlockingQueue<>(settings.queueCommandsMax());
    this.startedAt = first.verifiedHead();
    this.writer =
        new BatchWriter(
            new WriterSession(dataSource, settings, startedAt.epoch(), first),
            startedAt,
            settings.knownHeadsMax(),
            clock,
            this::answer,
            this::announce);
    this.deadlines = new Deadlines(settings.appendTimeout());
    this.thread = Thread.ofPlatform().name("group-commit").daemon().start(this::run);
  }

  /// Starts the writer after checking that the log is whole.
  ///
  /// @param dataSource gives the writer connections of its own; not a pool it shares
  /// @throws io.rowstream.eventlog.LogDamagedException if the log is not whole
  public static GroupCommit start(DataSource dataSource, GroupCommitSettings settings, Clock clock)
      throws SQLException {
    var first = WriterConnection.open(dataSource, settings.lockTimeout());
    try {
      return new GroupCommit(dataSource, settings, clock, first);
    } catch (SQLException | RuntimeException e) {
      first.close();
      throw e;
    }
  }

  public UUID epoch() {
    return startedAt.epoch();
  }

  /// Commands waiting for a commit.
  public int queued() {
    return queue.size();
  }

  /// Whether appends are taken; false after the log turned out to be another one, after close, and
  /// when nothing is left that would fail an append in time.
  public boolean isHealthy() {
    return !closed && thread.isAlive() && !deadlines.isEnded();
  }

  /// Calls `listener` after each commit of events, on the writer's thread: what takes long there,
  /// delays everybody.
  public void onCommit(Runnable listener) {
    listeners.add(listener);
  }

  private void announce() {
    for (Runnable each : listeners) {
      try {
        each.run();
      } catch (RuntimeException e) {
        log.error("A listener failed", e);
      }
    }
  }

  /// Waits until `append` is durable or decided against.
  ///
  /// @throws AppendFailedException if it is neither; see its meaning
  public AppendOutcome append(Append append) {
    var pending = new PendingAppend(append);
    enqueue(pending);
    deadlines.add(pending.outcome());
    try {
      return pending.outcome().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var unanswered = new AppendFailedException(Meaning.UNKNOWN, Deadlines.UNANSWERED, e);
      pending.outcome().completeExceptionally(unanswered);
      throw unanswered;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AppendFailedException failed) {
        throw failed;
      }
      throw new AppendFailedException(
          Meaning.UNKNOWN, "the append ended unexpectedly", e.getCause());
    }
  }

  private void enqueue(PendingAppend pending) {
    if (!isHealthy()) {
      throw new AppendFailedException(Meaning.STOPPED, "the log takes no appends", null);
    }
    if (!queue.offer(pending)) {
      throw new AppendFailedException(
          Meaning.TOO_BUSY, settings.queueCommandsMax() + " commands are waiting already", null);
    }
  }

  private void run() {
    var taken = new ArrayList<PendingAppend>();
    List<PendingAppend> twins = List.of();
    @Nullable Throwable reason = null;
    try {
      while (!closed) {
        taken.addAll(twins);
        takeInto(taken);
        shared = taken.size() > 1;
        twins = writer.write(taken);
        taken.clear();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      reason = e;
      log.error("The log takes no more appends; restart the service after looking at the cause", e);
    } finally {
      closed = true;
      taken.addAll(twins);
      queue.drainTo(taken);
      for (PendingAppend left : taken) {
        left.outcome()
            .completeExceptionally(
                new AppendFailedException(Meaning.UNKNOWN, "the log was closed", reason));
      }
      writer.close();
    }
  }

  /// Wakes those who wait for a commit; while others wait for the next one, beside it.
  private void answer(Runnable answers) {
    if (queue.isEmpty()) {
      answers.run();
    } else {
      Thread.startVirtualThread(answers);
    }
  }

  /// Blocks for a first append, then takes what is there, up to the bounds of a batch.
  private void takeInto(List<PendingAppend> taken) throws InterruptedException {
    if (taken.isEmpty()) {
      taken.add(first());
    }
    int bytes = 0;
    for (PendingAppend pending : taken) {
      bytes += pending.append().payloadBytes();
    }
    while (taken.size() < settings.batchCommandsMax()) {
      PendingAppend next = queue.peek();
      if (next == null) {
        return;
      }
      bytes += next.append().payloadBytes();
      if (bytes > settings.batchBytesMax()) {
        return;
      }
      taken.add(queue.take());
    }
  }

  /// Of several senders the next is there in a moment, sooner than a sleeper is woken. A single one
  /// may need the very core on which the writer would stay awake.
  private PendingAppend first() throws InterruptedException {
    long awakeUntil = System.nanoTime() + AWAKE_NANOS;
    while (shared && System.nanoTime() < awakeUntil) {
      PendingAppend next = queue.poll();
      if (next != null) {
        return next;
      }
      Thread.onSpinWait();
    }
    return queue.take();
  }

  @Override
  public void close() {
    closed = true;
    deadlines.close();
    thread.interrupt();
    try {
      if (!thread.join(settings.appendTimeout())) {
        log.warn("The writer did not stop in time");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
