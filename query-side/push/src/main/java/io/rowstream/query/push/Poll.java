package io.rowstream.query.push;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/// One long poll: a watch whose frames are collected until there is enough to answer with.
///
/// That is when the bounds of an answer are reached, when something was told and the present is
/// reached, or when the wait is over. A client that is still read for then, with nothing to tell,
/// is answered at the next bookmark, so that every answer leads on. Used on the event loop of its
/// connection.
final class Poll implements Outlet {
  private final Hub hub;
  private final Channel channel;
  private final Duration wait;
  private final List<Frame> frames = new ArrayList<>();

  private @Nullable String cursor;
  private int bytes;
  private boolean atPresent;
  private boolean waitOver;
  private boolean toldSince;
  private boolean completed;
  private @Nullable Future<?> timer;

  /// @param cursor of who has got nothing yet; null if there is none
  Poll(Hub hub, Channel channel, Duration wait, @Nullable String cursor) {
    this.hub = hub;
    this.channel = channel;
    this.wait = wait;
    this.cursor = cursor;
  }

  /// Begins to collect; `sink` gets this when it is complete.
  void open(WatchFilter filter, WatchStart start, MonoSink<Poll> sink) {
    var watcher =
        hub.open(
            this,
            filter,
            start,
            () -> {
              completed();
              sink.success(this);
            });
    sink.onCancel(() ->
        channel
            .eventLoop()
            .execute(() -> {
              completed();
              watcher.ended();
            }));
    if (wait.isZero()) {
      waitOver(watcher);
    } else if (!completed) {
      timer =
          channel
              .eventLoop()
              .schedule(() -> waitOver(watcher), wait.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void completed() {
    completed = true;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void waitOver(Watcher watcher) {
    waitOver = true;
    watcher.tick(System.nanoTime());
    if (isComplete()) {
      watcher.finish(null);
    }
  }

  /// What the answer tells.
  List<Frame> frames() {
    return frames;
  }

  /// Where the next request goes on; empty after a reset, null if there is nowhere yet.
  @Nullable String cursor() {
    return cursor;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public ChannelFuture write(List<Frame> more) {
    for (var frame : more) {
      if (!hasRoom()) {
        break;
      }
      take(frame);
    }
    return channel.newSucceededFuture();
  }

  private void take(Frame frame) {
    boolean caughtUp = frame.is("caught-up");
    // What has come meanwhile is told behind it.
    toldSince = waitOver && !caughtUp;
    if (frame == Frame.COMMENT) {
      return;
    }
    cursor = frame.id();
    atPresent |= caughtUp;
    if (!frame.isMark() || (caughtUp && !frames.isEmpty())) {
      frames.add(frame);
      bytes += frame.size();
    }
  }

  private boolean hasRoom() {
    var bounds = hub.settings().polls();
    return frames.size() < bounds.framesMax() && bytes < bounds.bytesMax();
  }

  @Override
  public boolean isComplete() {
    return frames.isEmpty() ? toldSince : atPresent || waitOver || !hasRoom();
  }
}
