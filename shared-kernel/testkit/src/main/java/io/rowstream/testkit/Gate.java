package io.rowstream.testkit;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A gate that is open at first and that threads wait at while it is shut.
final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();

  // Guarded by lock.
  private boolean open = true;

  void shut() {
    lock.lock();
    try {
      open = false;
    } finally {
      lock.unlock();
    }
  }

  void open() {
    lock.lock();
    try {
      open = true;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void pass() throws InterruptedException {
    lock.lock();
    try {
      while (!open) {
        opened.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
