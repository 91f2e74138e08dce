package io.rowstream.query.push;

import io.netty.channel.EventLoop;
import io.rowstream.query.eventfeed.EventFeed;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// What the watchers of one node share. Thread-safe.
final class Hub {
  private final EventFeed feed;
  private final Frames frames;
  private final Snapshots snapshots;
  private final WatchSettings settings;
  private final Groups groups;
  private final Dispatcher dispatcher;
  private final Semaphore readPermits;
  private final AtomicInteger watchers = new AtomicInteger();
  private final LongAdder framesSent = new LongAdder();
  private final LongAdder cuts = new LongAdder();
  private final Map<EventLoop, Wheel> wheels = new ConcurrentHashMap<>();

  Hub(EventFeed feed, Frames frames, Snapshots snapshots, WatchSettings settings) {
    this.feed = feed;
    this.frames = frames;
    this.snapshots = snapshots;
    this.settings = settings;
    long position = feed.position();
    groups = new Groups(position);
    dispatcher = new Dispatcher(feed, groups, frames, settings, position);
    readPermits = new Semaphore(settings.replaysMax());
  }

  EventFeed feed() {
    return feed;
  }

  Frames frames() {
    return frames;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  WatchSettings settings() {
    return settings;
  }

  Groups groups() {
    return groups;
  }

  Semaphore readPermits() {
    return readPermits;
  }

  /// Every frame up to this position is with its groups.
  long dispatched() {
    return dispatcher.dispatched();
  }

  /// Starts to push; `stopped` is called when the feed has stopped for good.
  void start(Runnable stopped) {
    dispatcher.start(stopped);
  }

  boolean hasStopped() {
    return dispatcher.hasStopped();
  }

  /// Takes one more watcher, unless there are too many.
  boolean admit() {
    int now = watchers.incrementAndGet();
    if (now > settings.watchersMax()) {
      watchers.decrementAndGet();
      return false;
    }
    return true;
  }

  void dismiss() {
    watchers.decrementAndGet();
  }

  /// Opens a watch on a connection whose response has begun. On its event loop.
  Watcher open(Outlet outlet, WatchFilter filter, WatchStart start, Runnable complete) {
    var loop = outlet.channel().eventLoop();
    var wheel = wheels.computeIfAbsent(loop, l -> new Wheel(l, settings.bookmarkInterval()));
    var watcher = new Watcher(this, outlet, groups.join(filter, loop), wheel, complete);
    watcher.begin(start);
    if (hasStopped()) {
      watcher.finish(null);
    }
    return watcher;
  }

  void replay(Watcher watcher, WatchStart start) {
    Thread.ofVirtual().name("rowstream-replay").start(new Replay(this, watcher, start));
  }

  void left(Watcher watcher) {
    groups.leave(watcher.group());
  }

  /// Does something with every watcher, on its event loop.
  void forEach(Consumer<Watcher> action) {
    wheels.forEach((loop, wheel) -> on(loop, () -> wheel.watchers().forEach(action)));
  }

  private static void on(EventLoop loop, Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException shutDown) {
      // Its connections are gone, and so is what the task was for.
    }
  }

  void count(int sent) {
    framesSent.add(sent);
  }

  void countCut() {
    cuts.increment();
  }

  int watchers() {
    return watchers.get();
  }

  long framesSent() {
    return framesSent.sum();
  }

  long cuts() {
    return cuts.sum();
  }

  /// Ends every watch as a server does that goes away: the clients come back elsewhere.
  void close() {
    dispatcher.close();
    forEach(watcher -> watcher.finish(null));
    wheels.forEach((loop, wheel) -> on(loop, wheel::stop));
  }
}
