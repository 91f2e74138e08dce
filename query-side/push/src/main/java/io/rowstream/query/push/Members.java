package io.rowstream.query.push;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The live watchers of one group on one event loop, woken together.
final class Members implements Runnable {
  /// Watchers served before others on the same event loop get their turn.
  private static final int TURN_MAX = 256;

  private final Group group;
  private final EventLoop loop;
  private final AtomicBoolean woken = new AtomicBoolean();

  // Used on the event loop only.
  private final List<Watcher> live = new ArrayList<>(1);

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
    serve(live.size());
  }

  // From the end: who leaves meanwhile is replaced by the last, who has been served already.
  private void serve(int end) {
    int next = Math.min(end, live.size());
    for (int turn = 0; next > 0 && turn < TURN_MAX; turn++) {
      next--;
      live.get(next).serve();
      next = Math.min(next, live.size());
    }
    if (next > 0) {
      int rest = next;
      loop.execute(() -> serve(rest));
    }
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
