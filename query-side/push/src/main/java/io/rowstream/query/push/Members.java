package io.rowstream.query.push;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The live watchers of one group on one event loop, woken together.
final class Members implements Runnable {
  /// Watchers served before the event loop looks at its connections again: about a millisecond.
  private static final int TURN_MAX = 64;

  private final Group group;
  private final EventLoop loop;
  private final AtomicBoolean woken = new AtomicBoolean();

  // Used on the event loop only.
  private final List<Watcher> live = new ArrayList<>(1);
  // Those before it have not been served yet; 0 if nobody waits for a turn.
  private int next;
  // Whether all are to be served once more.
  private boolean again;

  Members(Group group, EventLoop loop) {
    this.group = group;
    this.loop = loop;
  }

  Group group() {
    return group;
  }

  EventLoop loop() {
    return loop;
  }

  /// Makes every member look for new frames, soon. From any thread; many calls count as one.
  void wake() {
    if (woken.compareAndSet(false, true)) {
      loop.execute(this);
    }
  }

  @Override
  public void run() {
    woken.set(false);
    if (next > 0) {
      again = true;
    } else {
      next = live.size();
      turn();
    }
  }

  // From the end: who leaves meanwhile is replaced by the last, who has been served already.
  private void turn() {
    try {
      for (int served = 0; served < TURN_MAX && hasNext(); served++) {
        next--;
        live.get(next).serve();
      }
    } finally {
      if (next == 0 && again) {
        again = false;
        next = live.size();
      }
      if (next > 0) {
        // Not handed over: what is, the loop runs before it looks at its connections.
        var _ = loop.schedule(this::turn, 0, TimeUnit.NANOSECONDS);
      }
    }
  }

  private boolean hasNext() {
    next = Math.min(next, live.size());
    return next > 0;
  }

  /// On the event loop.
  void add(Watcher watcher) {
    watcher.memberIndex = live.size();
    live.add(watcher);
  }

  /// On the event loop.
  void remove(Watcher watcher) {
    var last = live.removeLast();
    if (last != watcher) {
      live.set(watcher.memberIndex, last);
      last.memberIndex = watcher.memberIndex;
    }
    watcher.memberIndex = -1;
  }
}
