package io.rowstream.query.push;

import io.rowstream.eventlog.Cursor;
import io.rowstream.eventlog.LogUnreadableException;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/// Finds where in the log a request begins, or why it is refused: the same for every way in which
/// frames are delivered, so that a cursor of one leads on in the other.
///
/// @param blocking runs what waits for PostgreSQL
record WatchOpening(Hub hub, WatchCatalogue catalogue, Scheduler blocking) {

  /// A way to deliver frames.
  interface Delivery {

    /// Each parameter it takes and what it means.
    Map<String, String> parameters();

    /// Delivers what comes after `start`.
    Mono<ServerResponse> begin(WatchRequest asked, WatchStart start);

    /// Says that the client's cursor leads nowhere.
    Mono<ServerResponse> gone(Frame reset);
  }

  Mono<ServerResponse> open(ServerRequest request, Delivery delivery) {
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
              delivery.parameters().keySet(),
              request.headers().firstHeader("Last-Event-ID"),
              catalogue,
              hub.settings());
      return begin(asked, delivery);
    } catch (BadWatchException bad) {
      return Answers.badRequest(String.valueOf(bad.getMessage()));
    }
  }

  private Mono<ServerResponse> begin(WatchRequest asked, Delivery delivery) {
    if (asked.cursor() != null) {
      return resume(asked, asked.cursor(), delivery);
    }
    if (asked.fromStart()) {
      return delivery.begin(asked, WatchStart.after(0));
    }
    long now = hub.feed().position();
    return delivery.begin(
        asked, asked.initial() ? WatchStart.withSnapshot(now, null) : WatchStart.after(now));
  }

  private Mono<ServerResponse> resume(WatchRequest asked, String text, Delivery delivery) {
    var opened = hub.feed().seal().open(text);
    if (opened.isEmpty()) {
      return gone(ResetReason.CURSOR_INVALID, delivery);
    }
    var cursor = opened.get();
    if (!cursor.epoch().equals(hub.feed().epoch())) {
      return gone(ResetReason.EPOCH, delivery);
    }
    if (cursor.filter() != asked.filter().digest()) {
      return gone(ResetReason.FILTER_CHANGED, delivery);
    }
    if (cursor.position() <= hub.feed().position()) {
      return delivery.begin(asked, startAt(cursor));
    }
    // Another node may have read further than this one.
    return Mono.fromCallable(() -> hub.feed().isInLog(cursor.position()))
        .subscribeOn(blocking)
        .flatMap(inLog ->
            inLog
                ? delivery.begin(asked, startAt(cursor))
                : gone(ResetReason.CURSOR_AHEAD, delivery))
        .onErrorResume(
            LogUnreadableException.class,
            _ -> Answers.unavailable("The log cannot be read at the moment."));
  }

  private static WatchStart startAt(Cursor cursor) {
    return cursor.snapshotAfter() == null
        ? WatchStart.after(cursor.position())
        : WatchStart.withSnapshot(cursor.position(), cursor.snapshotAfter());
  }

  private Mono<ServerResponse> gone(ResetReason reason, Delivery delivery) {
    return delivery.gone(Frames.reset(reason, hub.feed().position()));
  }
}
