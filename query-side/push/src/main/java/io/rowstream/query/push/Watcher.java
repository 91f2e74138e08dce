package io.rowstream.query.push;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One open watch: a position and a connection. It has no queue of its own; when the connection can
/// take more, it takes the next frames from its group.
///
/// Everything but [#send], [#goLive] and [#cut] runs on the event loop of its connection, and all
/// fields belong to that thread.
final class Watcher implements ChannelFutureListener {
  private final Hub hub;
  private final Outlet outlet;
  private final Members members;
  private final Wheel wheel;
  private final Runnable complete;

  private State state = State.REPLAYING;
  private long position;
  private boolean bookmarkDue;
  private boolean writing;
  private long writingSince;
  private @Nullable CompletableFuture<Boolean> sent;

  int memberIndex = -1;
  int slot;
  int slotIndex;

  private enum State {
    /// Read for by a [Replay], until it is at the present.
    REPLAYING,
    /// Served with its group.
    LIVE,
    ENDED
  }

  /// @param complete ends the response; on the event loop
  Watcher(Hub hub, Outlet outlet, Members members, Wheel wheel, Runnable complete) {
    this.hub = hub;
    this.outlet = outlet;
    this.members = members;
    this.wheel = wheel;
    this.complete = complete;
  }

  Group group() {
    return members.group();
  }

  /// Begins to deliver what comes after `start`.
  void begin(WatchStart start) {
    wheel.add(this);
    position = start.position();
    if (start.snapshot() || !live(position, true)) {
      hub.replay(this, start);
    }
  }

  /// Looks for new frames.
  void serve() {
    while (state == State.LIVE && !writing) {
      // Read before the frames: none up to this position is missing among them.
      long dispatched = hub.dispatched();
      var recent = group().recent();
      if (position < recent.floor()) {
        fallBehind();
        return;
      }
      var next = due(recent, dispatched);
      if (next.isEmpty()) {
        return;
      }
      write(next);
    }
  }

  private List<Frame> due(Recent recent, long dispatched) {
    int first = recent.indexAfter(position);
    int end = recent.frames().size();
    if (first == end && !bookmarkDue) {
      return List.of();
    }
    var next = new ArrayList<Frame>(Math.min(16, end - first + 1));
    int bytes = 0;
    for (int i = first; i < end && bytes < hub.settings().writeBytesMax(); i++) {
      var frame = recent.frames().get(i);
      next.add(frame);
      bytes += frame.size();
      position = frame.position();
      first++;
    }
    if (first == end && bookmarkDue) {
      bookmarkDue = false;
      position = Math.max(position, dispatched);
      next.add(group().bookmark(position, hub.frames()));
    }
    return next;
  }

  private void fallBehind() {
    members.remove(this);
    state = State.REPLAYING;
    hub.replay(this, WatchStart.behind(position));
  }

  private boolean live(long from, boolean tell) {
    if (from < group().recent().floor()) {
      return false;
    }
    state = State.LIVE;
    position = from;
    members.add(this);
    if (tell) {
      write(List.of(hub.frames().mark("caught-up", from, group().digest())));
    }
    serve();
    return true;
  }

  private void write(List<Frame> frames) {
    hub.count(frames.size());
    var written = outlet.write(frames);
    if (!written.isDone()) {
      writing = true;
      writingSince = System.nanoTime();
      written.addListener(this);
    } else if (!written.isSuccess()) {
      ended();
    } else if (outlet.isComplete()) {
      finish(null);
    }
  }

  @Override
  public void operationComplete(ChannelFuture written) {
    writing = false;
    if (!written.isSuccess()) {
      ended();
      return;
    }
    var waiting = sent;
    if (waiting != null) {
      sent = null;
      waiting.complete(true);
    }
    serve();
  }

  /// Once per bookmark interval, and when a bookmark is wanted at once.
  void tick(long now) {
    if (writing && now - writingSince > hub.settings().stallTimeout().toNanos()) {
      hub.countCut();
      cut();
      ended();
      return;
    }
    bookmarkDue = true;
    serve();
  }

  /// Sends frames on behalf of a [Replay]. Completes when they have left for the client, cancelled
  /// if the watch has ended. From any thread.
  CompletableFuture<Boolean> send(List<Frame> frames) {
    return ask(answer -> {
      write(frames);
      if (state == State.ENDED) {
        answer.cancel(false);
      } else if (writing) {
        sent = answer;
      } else {
        answer.complete(true);
      }
    });
  }

  /// Joins the others at the present. Completes with false if that has moved on past `from`,
  /// cancelled if the watch has ended. From any thread.
  ///
  /// @param tell whether to tell the client
  CompletableFuture<Boolean> goLive(long from, boolean tell) {
    return ask(answer -> answer.complete(live(from, tell)));
  }

  private CompletableFuture<Boolean> ask(Consumer<CompletableFuture<Boolean>> question) {
    var answer = new CompletableFuture<Boolean>();
    try {
      outlet
          .channel()
          .eventLoop()
          .execute(() -> {
            if (state == State.ENDED) {
              answer.cancel(false);
            } else {
              question.accept(answer);
            }
          });
    } catch (RejectedExecutionException shutDown) {
      answer.cancel(false);
    }
    return answer;
  }

  /// Ends the response, after `last` if there is something to say. On the event loop.
  void finish(@Nullable Frame last) {
    if (last != null && state != State.ENDED) {
      write(List.of(last));
    }
    if (state != State.ENDED) {
      ended();
      complete.run();
    }
  }

  /// Closes the connection. From any thread.
  void cut() {
    var _ = outlet.channel().close();
  }

  /// The connection is gone. On the event loop; a second call does nothing.
  void ended() {
    if (state == State.ENDED) {
      return;
    }
    if (state == State.LIVE) {
      members.remove(this);
    }
    state = State.ENDED;
    wheel.remove(this);
    hub.left(this);
    if (sent != null) {
      sent.cancel(false);
    }
  }
}
