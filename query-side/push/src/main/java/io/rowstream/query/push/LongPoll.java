package io.rowstream.query.push;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// `GET /api/changes`: the frames of a watch in answers that end, for clients that cannot hold a
/// stream. Whoever asks again with the cursor of the answer before gets every frame once, in order.
///
/// `wait` means the same with and without a cursor: without it, what is there is answered at once,
/// so that a first request gets a cursor to begin with; with it, the answer comes with the next
/// change, or empty when the time is over. Of bookmarks only the cursor is seen.
record LongPoll(Hub hub) implements WatchOpening.Delivery {
  static final String PATH = "/api/changes";

  /// Each parameter and what it means.
  static final Map<String, String> PARAMETERS = parametersWithWait();

  private static Map<String, String> parametersWithWait() {
    var all = new TreeMap<>(WatchRequest.PARAMETERS);
    all.put("cursor", "The `cursor` of the answer before: goes on behind it.");
    all.put(
        WatchRequest.WAIT,
        "How many seconds to wait for something to tell, 0 unless given; 60 at most, if the service"
            + " is not set up for another bound.");
    return Collections.unmodifiableMap(all);
  }

  @Override
  public Map<String, String> parameters() {
    return PARAMETERS;
  }

  @Override
  public Mono<ServerResponse> begin(WatchRequest asked, WatchStart start) {
    return ServerResponse.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body((response, _) -> Mono.defer(() -> collect(response, asked, start)));
  }

  private Mono<Void> collect(ServerHttpResponse response, WatchRequest asked, WatchStart start) {
    if (!hub.admit()) {
      return Answers.tooManyWatchers(response);
    }
    var channel = Outlet.channelOf(response);
    var poll = new Poll(hub, channel, asked.waitTime(), cursorOf(asked, start));
    return Mono.<Poll>create(sink -> poll.open(asked.filter(), start, sink))
        .subscribeOn(Schedulers.fromExecutor(channel.eventLoop()))
        .flatMap(collected -> answer(response, collected))
        .doFinally(_ -> hub.dismiss());
  }

  private @Nullable String cursorOf(WatchRequest asked, WatchStart start) {
    if (asked.cursor() != null) {
      return asked.cursor();
    }
    return start.snapshot() ? null : hub.frames().cursor(start.position(), asked.filter().digest());
  }

  private static Mono<Void> answer(ServerHttpResponse response, Poll poll) {
    String cursor = poll.cursor();
    if (cursor == null) {
      return Answers.unavailable(response, "There is nothing to begin with yet.");
    }
    boolean reset = cursor.isEmpty();
    if (reset) {
      response.setStatusCode(HttpStatus.GONE);
    }
    byte[] body = reset ? Answers.reset(poll.frames()) : Answers.frames(poll.frames(), cursor);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  @Override
  public Mono<ServerResponse> gone(Frame reset) {
    return ServerResponse.status(HttpStatus.GONE)
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .bodyValue(Answers.reset(List.of(reset)));
  }
}
