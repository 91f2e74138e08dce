package io.rowstream.query.push;

import io.rowstream.odata.openapi.Operation;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.eventfeed.FeedHealth.State;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// The changes a client asks for, from when it says on: `GET /api/watch` as server-sent events,
/// `GET /api/changes` in answers that end.
///
/// Runs on Reactor Netty. One thread makes the frames; they are written on the event loops the
/// connections live on. A client that does not read is cut, and nobody else notices.
public final class Watch implements AutoCloseable {
  private final Hub hub;
  private final WatchOpening opening;
  private final Scheduler blocking =
      Schedulers.fromExecutor(task -> Thread.ofVirtual().start(task));

  /// @param people the name of a `systemuser`, null when unknown; answers from memory
  public Watch(
      EventFeed feed,
      WatchCatalogue catalogue,
      Function<UUID, @Nullable String> people,
      Snapshots snapshots,
      WatchSettings settings) {
    var frames = new Frames(feed.epoch(), feed.seal(), catalogue, people);
    hub = new Hub(feed, frames, snapshots, settings);
    opening = new WatchOpening(hub, catalogue, blocking);
    hub.start(this::endAll);
  }

  /// The routes to put among the others.
  public RouterFunction<ServerResponse> routes() {
    var stream = new EventStream(hub);
    var poll = new LongPoll(hub);
    return RouterFunctions.route(
            RequestPredicates.path(EventStream.PATH), request -> opening.open(request, stream))
        .andRoute(RequestPredicates.path(LongPoll.PATH), request -> opening.open(request, poll));
  }

  /// What the routes are, for those who have not read this.
  public static List<Operation> operations() {
    return List.of(WatchOperation.get(), ChangesOperation.get());
  }

  /// Whether watches are served; once false, it stays so until the process is started again.
  public boolean isUp() {
    return !hub.hasStopped();
  }

  /// Open watches, and polls that have not been answered.
  public int watchers() {
    return hub.watchers();
  }

  /// Filters in use; watchers with equal ones share their frames.
  public int groups() {
    return hub.groups().count();
  }

  /// Frames sent so far.
  public long framesSent() {
    return hub.framesSent();
  }

  /// Clients cut so far because they did not read.
  public long cuts() {
    return hub.cuts();
  }

  private void endAll() {
    boolean otherHistory = hub.feed().health().state() == State.EPOCH_CHANGED;
    var last = otherHistory ? Frames.reset(ResetReason.EPOCH, hub.feed().position()) : null;
    hub.forEach(watcher -> watcher.finish(last));
  }

  /// Ends all watches and answers all polls; their clients come back, here or elsewhere, with their
  /// last cursors. To be called before the web server stops, which otherwise waits for them.
  @Override
  public void close() {
    hub.close();
    blocking.dispose();
  }
}
