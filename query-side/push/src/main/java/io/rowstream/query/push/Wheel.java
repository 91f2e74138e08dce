package io.rowstream.query.push;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The one timer of all watchers on an event loop: it goes around once per bookmark interval and
/// visits each watcher once in a round. Used on that event loop only.
final class Wheel implements Runnable {
  private static final int SLOTS = 16;

  private final List<List<Watcher>> slots = new ArrayList<>();
  private final Future<?> turning;
  private int now;
  private int nextSlot;

  Wheel(EventLoop loop, Duration round) {
    for (int slot = 0; slot < SLOTS; slot++) {
      slots.add(new ArrayList<>());
    }
    long tick = round.toNanos() / SLOTS;
    turning = loop.scheduleAtFixedRate(this, tick, tick, TimeUnit.NANOSECONDS);
  }

  void add(Watcher watcher) {
    nextSlot = (nextSlot + 1) % SLOTS;
    var slot = slots.get(nextSlot);
    watcher.slot = nextSlot;
    watcher.slotIndex = slot.size();
    slot.add(watcher);
  }

  void remove(Watcher watcher) {
    var slot = slots.get(watcher.slot);
    var last = slot.removeLast();
    if (last != watcher) {
      slot.set(watcher.slotIndex, last);
      last.slotIndex = watcher.slotIndex;
    }
  }

  @Override
  public void run() {
    now = (now + 1) % SLOTS;
    var slot = slots.get(now);
    long time = System.nanoTime();
    for (int index = slot.size() - 1; index >= 0; index--) {
      if (index < slot.size()) {
        slot.get(index).tick(time);
      }
    }
  }

  /// Every watcher on this event loop.
  List<Watcher> watchers() {
    var all = new ArrayList<Watcher>();
    slots.forEach(all::addAll);
    return all;
  }

  void stop() {
    turning.cancel(false);
  }
}
