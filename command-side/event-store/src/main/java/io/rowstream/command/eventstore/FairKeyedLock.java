package io.rowstream.command.eventstore;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.common.lock.Lock;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.common.lock.LockFactory;

/// One lock for each key in use, given in the order of asking. Whoever locks several keys locks
/// them in one order; there is no deadlock detection, only a time-out. Thread-safe.
///
/// Axon's own lock factory discards a lock while others queue for it; with one hot record among
/// many its waiters move from lock to lock and starve.
public final class FairKeyedLock implements LockFactory {
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final Duration timeout;
  private final int waitersMax;

  /// @param timeout how long one waits for a lock
  /// @param waitersMax holders and waiters of one key; beyond it locking is refused at once
  public FairKeyedLock(Duration timeout, int waitersMax) {
    this.timeout = timeout;
    this.waitersMax = waitersMax;
  }

  /// Keys somebody holds or waits for.
  int size() {
    return entries.size();
  }

  @Override
  public Lock obtainLock(String key) {
    Entry entry =
        entries.compute(
            key,
            (_, existing) -> {
              var used = existing == null ? new Entry() : existing;
              if (used.users >= waitersMax) {
                throw new LockAcquisitionFailedException(waitersMax + " wait for it already");
              }
              used.users++;
              return used;
            });
    boolean locked = false;
    try {
      locked = entry.lock.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!locked) {
        throw new LockAcquisitionFailedException("not free within " + timeout);
      }
      return new Held(key, entry);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LockAcquisitionFailedException("interrupted while waiting", e);
    } finally {
      if (!locked) {
        leave(key);
      }
    }
  }

  private void leave(String key) {
    entries.computeIfPresent(key, (_, entry) -> --entry.users == 0 ? null : entry);
  }

  /// `users` is guarded by the map's lock on the key.
  private static final class Entry {
    private final ReentrantLock lock = new ReentrantLock(true);
    private int users;
  }

  private final class Held implements Lock {
    private final String key;
    private final Entry entry;

    Held(String key, Entry entry) {
      this.key = key;
      this.entry = entry;
    }

    @Override
    public void release() {
      entry.lock.unlock();
      leave(key);
    }

    @Override
    public boolean isHeld() {
      return entry.lock.isHeldByCurrentThread();
    }
  }
}
