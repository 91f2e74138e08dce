package io.rowstream.command.eventstore;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/// The running numbers of auto-number attributes, from one row each in the database. Thread-safe.
///
/// Whoever comes first takes numbers for everybody who waits by then, in one round trip. Numbers
/// are never taken ahead: no node holds any that a seed set elsewhere would have to call back.
public final class NumberSequences {

  /// The most commands served in one round trip.
  static final int SERVED_MAX = 1_000;

  private final DataSource dataSource;
  private final Duration timeout;
  private final int waitersMax;
  private final ConcurrentHashMap<Name, Waiters> sequences = new ConcurrentHashMap<>();

  private record Name(String entityType, String attribute) {}

  /// @param first the first of `count` numbers, once they are taken
  private record Waiter(int count, CompletableFuture<Long> first) {}

  /// @param timeout how long one waits for others to be served
  /// @param waitersMax commands waiting for a number of one attribute; beyond it one is refused at
  ///   once
  public NumberSequences(DataSource dataSource, Duration timeout, int waitersMax) {
    this.dataSource = dataSource;
    this.timeout = timeout;
    this.waitersMax = waitersMax;
  }

  /// Takes numbers of an attribute that follow each other; nobody else gets them.
  ///
  /// @return the first of `count` numbers
  /// @throws RefusedException if too many wait already, or too long
  /// @throws LogUnreadableException if the database does not answer
  public long take(String entityType, String attribute, int count) {
    return waiters(entityType, attribute).take(count);
  }

  /// Those for whom nobody is taking a number yet.
  int waiting(String entityType, String attribute) {
    return waiters(entityType, attribute).waiting.size();
  }

  private Waiters waiters(String entityType, String attribute) {
    return sequences.computeIfAbsent(new Name(entityType, attribute), Waiters::new);
  }

  private long reserve(Name name, int count) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement("SELECT log.take_numbers(?, ?, ?, ?)")) {
      statement.setString(1, name.entityType());
      statement.setString(2, name.attribute());
      statement.setLong(3, AutoNumberFormat.SEED_DEFAULT);
      statement.setInt(4, count);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /// Those who wait for a number of one attribute.
  private final class Waiters {
    private final Name name;
    private final ReentrantLock taking = new ReentrantLock();
    private final BlockingQueue<Waiter> waiting = new LinkedBlockingQueue<>(waitersMax);

    Waiters(Name name) {
      this.name = name;
    }

    long take(int count) {
      var mine = new Waiter(count, new CompletableFuture<>());
      if (!waiting.offer(mine)) {
        throw busy(waitersMax + " wait for a number already");
      }
      lock(mine);
      try {
        while (!mine.first().isDone()) {
          serve();
        }
      } finally {
        taking.unlock();
      }
      if (mine.first().isCompletedExceptionally()) {
        throw new LogUnreadableException("no number can be taken", mine.first().exceptionNow());
      }
      return mine.first().resultNow();
    }

    private void lock(Waiter mine) {
      try {
        if (!taking.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
          throw busy("no number within " + timeout);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw busy("interrupted while waiting for a number");
      } finally {
        if (!taking.isHeldByCurrentThread()) {
          waiting.remove(mine);
        }
      }
    }

    private void serve() {
      var served = new ArrayList<Waiter>();
      waiting.drainTo(served, SERVED_MAX);
      try {
        long number = reserve(name, served.stream().mapToInt(Waiter::count).sum());
        for (Waiter waiter : served) {
          waiter.first().complete(number);
          number += waiter.count();
        }
      } catch (SQLException | RuntimeException e) {
        served.forEach(waiter -> waiter.first().completeExceptionally(e));
      }
    }

    private static RefusedException busy(String reason) {
      return new RefusedException(new Refusal.TooBusy(reason));
    }
  }
}
