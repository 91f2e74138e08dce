package io.rowstream.query.projections.current;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How far the projection is known to be, and those who wait for it. Thread-safe.
final class Progress {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Condition asked = lock.newCondition();

  // Guarded by lock.
  private int waiting;

  // Written under lock.
  private volatile long position;

  long position() {
    return position;
  }

  /// Also backwards: the records are being made again, or the database lost its last moments.
  void moveTo(long reached) {
    lock.lock();
    try {
      position = reached;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// @return whether the projection reached `wanted` in time
  boolean await(long wanted, Duration wait) throws InterruptedException {
    if (position >= wanted) {
      return true;
    }
    long nanos = wait.toNanos();
    lock.lock();
    waiting++;
    asked.signal();
    try {
      while (position < wanted) {
        if (nanos <= 0) {
          return false;
        }
        nanos = moved.awaitNanos(nanos);
      }
      return true;
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  /// Waits until somebody waits for the projection, or the time is over.
  void awaitDemand(Duration wait) throws InterruptedException {
    long nanos = wait.toNanos();
    lock.lock();
    try {
      while (waiting == 0 && nanos > 0) {
        nanos = asked.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
