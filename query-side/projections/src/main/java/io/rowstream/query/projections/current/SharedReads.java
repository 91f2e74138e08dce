package io.rowstream.query.projections.current;

import io.rowstream.eventlog.LogSchema;
import io.rowstream.language.RecordRef;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.query.projections.current.ReadRecords.Found;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers reads of single records, as many as have queued up in one round trip.
///
/// A reader takes what waits, asks once for all of it and gives everyone their own. It begins its
/// statement after it took them, so each sees whatever was committed before the read was asked for.
/// An idle service reads at once, a busy one in groups; nobody waits for a timer. Thread-safe.
final class SharedReads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedReads.class);

  /// SQL state of a statement that was cancelled.
  private static final String TIMED_OUT = "57014";

  private final DataSource database;
  private final CurrentRecordsSettings settings;
  private final BlockingQueue<Read> waiting;
  private final List<Thread> readers = new ArrayList<>();
  private volatile boolean open = true;

  private record Read(RecordRef record, CompletableFuture<Found> answer) {}

  SharedReads(DataSource database, CurrentRecordsSettings settings) {
    this.database = database;
    this.settings = settings;
    waiting = new ArrayBlockingQueue<>(settings.readsWaitingMax());
    for (int number = 1; number <= settings.readers(); number++) {
      readers.add(
          Thread.ofPlatform().name("record-reader-" + number).daemon().start(new Reader()::run));
    }
  }

  /// @return fails with a [RefusedException] when too many wait or the database is away; completed
  ///   on a reader's thread, whose time belongs to all
  CompletableFuture<Found> read(RecordRef record) {
    var read = new Read(record, new CompletableFuture<>());
    if (!open || !waiting.offer(read)) {
      read.answer.completeExceptionally(busy("too many reads are waiting"));
    } else if (!open) {
      refuseAll();
    }
    return read.answer;
  }

  private static RefusedException busy(String reason) {
    return new RefusedException(new Refusal.TooBusy(reason));
  }

  private void refuseAll() {
    for (Read read = waiting.poll(); read != null; read = waiting.poll()) {
      read.answer.completeExceptionally(busy("the service is stopping"));
    }
  }

  @Override
  public void close() {
    open = false;
    readers.forEach(Thread::interrupt);
    try {
      for (var reader : readers) {
        reader.join(settings.statementTimeout().plusSeconds(1));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    refuseAll();
  }

  /// One thread and its connection.
  private final class Reader {
    private final List<Read> taken = new ArrayList<>();
    private final Map<RecordRef, List<Read>> byRecord = new LinkedHashMap<>();
    private @Nullable Connection connection;
    private @Nullable ReadRecords statement;
    private long turnedAway = System.nanoTime() - settings.retryPause().toNanos();
    private boolean failing;

    void run() {
      try {
        while (open) {
          taken.add(waiting.take());
          waiting.drainTo(taken, settings.readsTogetherMax() - 1);
          answerTaken();
        }
      } catch (InterruptedException _) {
        // Only close() interrupts this thread.
      } finally {
        disconnect();
      }
    }

    // Nothing may end this thread: those who wait would wait for ever.
    @SuppressWarnings("CatchingUnchecked")
    private void answerTaken() {
      try {
        taken.forEach(
            read -> byRecord.computeIfAbsent(read.record, _ -> new ArrayList<>(1)).add(read));
        var records = List.copyOf(byRecord.keySet());
        Found[] found = find(records);
        for (int i = 0; i < found.length; i++) {
          Found one = found[i];
          byRecord.getOrDefault(records.get(i), List.of()).forEach(r -> r.answer.complete(one));
        }
        failing = false;
      } catch (SQLException failure) {
        if (!failing) {
          LOG.warn("records cannot be read until the database is back", failure);
        }
        failAll(busy("the database is away"));
      } catch (Exception failure) {
        LOG.error("records could not be read", failure);
        failAll(failure);
      } finally {
        taken.clear();
        byRecord.clear();
      }
    }

    private Found[] find(List<RecordRef> records) throws SQLException {
      boolean reused = statement != null;
      try {
        return statement().run(records);
      } catch (SQLException failure) {
        if (!reused || TIMED_OUT.equals(failure.getSQLState())) {
          throw failure;
        }
        // The connection may have been lost long ago, unnoticed.
        disconnect();
        return statement().run(records);
      }
    }

    private void failAll(Exception failure) {
      failing = true;
      disconnect();
      taken.forEach(read -> read.answer.completeExceptionally(failure));
    }

    private ReadRecords statement() throws SQLException {
      var ready = statement;
      if (ready != null) {
        return ready;
      }
      if (System.nanoTime() - turnedAway < settings.retryPause().toNanos()) {
        throw new SQLException("not connected; the last attempt failed a moment ago");
      }
      try {
        connection =
            DedicatedConnection.open(database, LogSchema.READER, settings.statementTimeout());
        ready = new ReadRecords(connection);
        statement = ready;
        return ready;
      } catch (SQLException failure) {
        turnedAway = System.nanoTime();
        throw failure;
      }
    }

    private void disconnect() {
      var closing = connection;
      connection = null;
      statement = null;
      if (closing != null) {
        try {
          closing.close();
        } catch (SQLException failure) {
          LOG.debug("a broken connection was not closed", failure);
        }
      }
    }
  }
}
