package io.rowstream.query.push;

import io.netty.channel.Channel;
import io.rowstream.eventlog.Cursor;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.odata.openapi.Operation;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.eventfeed.FeedHealth.State;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

/// `GET /api/watch`: the changes a client asks for, as server-sent events, from when it says on.
///
/// Runs on Reactor Netty. One thread makes the frames; they are written on the event loops the
/// connections live on. A client that does not read is cut, and nobody else notices.
public final class Watch implements AutoCloseable {
  static final String PATH = "/api/watch";
  private static final int RETRY_MILLIS_MIN = 500;
  private static final int RETRY_MILLIS_MAX = 3_000;

  private final Hub hub;
  private final WatchCatalogue catalogue;
  private final Scheduler blocking =
      Schedulers.fromExecutor(task -> Thread.ofVirtual().start(task));

  /// @param people the name of a `systemuser`, null when unknown; answers from memory
  public Watch(
      EventFeed feed,
      WatchCatalogue catalogue,
      Function<UUID, @Nullable String> people,
      Snapshots snapshots,
      WatchSettings settings) {
    this.catalogue = catalogue;
    var frames = new Frames(feed.epoch(), feed.seal(), catalogue, people);
    hub = new Hub(feed, frames, snapshots, settings);
    hub.start(this::endAll);
  }

  /// The route to put among the others.
  public RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route(RequestPredicates.path(PATH), this::answer);
  }

  /// What the route is, for those who have not read this.
  public static List<Operation> operations() {
    return List.of(WatchOperation.get());
  }

  private Mono<ServerResponse> answer(ServerRequest request) {
    if (!request.method().equals(HttpMethod.GET)) {
      return Answers.methodNotAllowed();
    }
    if (hub.hasStopped()) {
      return Answers.unavailable("The feed has stopped on this node.");
    }
    try {
      var asked =
          WatchRequest.of(
              request.queryParams(),
              request.headers().firstHeader("Last-Event-ID"),
              catalogue,
              hub.settings().filterTermsMax());
      return start(asked);
    } catch (BadWatchException bad) {
      return Answers.badRequest(String.valueOf(bad.getMessage()));
    }
  }

  private Mono<ServerResponse> start(WatchRequest asked) {
    if (asked.cursor() != null) {
      return resume(asked, asked.cursor());
    }
    if (asked.fromStart()) {
      return stream(asked.filter(), WatchStart.after(0));
    }
    long now = hub.feed().position();
    return stream(
        asked.filter(),
        asked.initial() ? WatchStart.withSnapshot(now, null) : WatchStart.after(now));
  }

  private Mono<ServerResponse> resume(WatchRequest asked, String text) {
    var opened = hub.feed().seal().open(text);
    if (opened.isEmpty()) {
      return gone(ResetReason.CURSOR_INVALID);
    }
    var cursor = opened.get();
    if (!cursor.epoch().equals(hub.feed().epoch())) {
      return gone(ResetReason.EPOCH);
    }
    if (cursor.filter() != asked.filter().digest()) {
      return gone(ResetReason.FILTER_CHANGED);
    }
    if (cursor.position() <= hub.feed().position()) {
      return resume(asked.filter(), cursor);
    }
    // Another node may have read further than this one.
    return Mono.fromCallable(() -> hub.feed().isInLog(cursor.position()))
        .subscribeOn(blocking)
        .flatMap(inLog -> inLog ? resume(asked.filter(), cursor) : gone(ResetReason.CURSOR_AHEAD))
        .onErrorResume(
            LogUnreadableException.class,
            _ -> Answers.unavailable("The log cannot be read at the moment."));
  }

  private Mono<ServerResponse> resume(WatchFilter filter, Cursor cursor) {
    return stream(
        filter,
        cursor.snapshotAfter() == null
            ? WatchStart.after(cursor.position())
            : WatchStart.withSnapshot(cursor.position(), cursor.snapshotAfter()));
  }

  private Mono<ServerResponse> gone(ResetReason reason) {
    return Answers.gone(Frames.reset(reason, hub.feed().position()));
  }

  private Mono<ServerResponse> stream(WatchFilter filter, WatchStart start) {
    return ServerResponse.ok()
        .contentType(MediaType.TEXT_EVENT_STREAM)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("X-Accel-Buffering", "no")
        .body((response, _) -> Mono.defer(() -> write(response, filter, start)));
  }

  private Mono<Void> write(ServerHttpResponse response, WatchFilter filter, WatchStart start) {
    if (!hub.admit()) {
      return Answers.tooManyWatchers(response);
    }
    HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
    var channel = channelOf(server);
    var body =
        new WatchBody(
            firstBytes(response),
            channel,
            server::hasSentHeaders,
            complete -> hub.open(Outlet.of(channel, server), filter, start, complete));
    return response.writeWith(body).doFinally(_ -> hub.dismiss());
  }

  private static Channel channelOf(HttpServerResponse server) {
    var channel = new AtomicReference<@Nullable Channel>();
    server.withConnection(connection -> channel.set(connection.channel()));
    return Objects.requireNonNull(channel.get());
  }

  // Spread out, so that clients who lost a server together do not come back together.
  private static DataBuffer firstBytes(ServerHttpResponse response) {
    int retry = ThreadLocalRandom.current().nextInt(RETRY_MILLIS_MIN, RETRY_MILLIS_MAX);
    return response
        .bufferFactory()
        .wrap(("retry: " + retry + "\n\n").getBytes(StandardCharsets.US_ASCII));
  }

  /// Whether watches are served; once false, it stays so until the process is started again.
  public boolean isUp() {
    return !hub.hasStopped();
  }

  /// Open watches.
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

  /// Ends all watches; their clients come back, here or elsewhere, with their last cursors. To be
  /// called before the web server stops, which otherwise waits for them.
  @Override
  public void close() {
    hub.close();
    blocking.dispose();
  }
}
