package io.rowstream.query.push;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/// `GET /api/watch`: frames as server-sent events, in a response that does not end by itself.
record EventStream(Hub hub) implements WatchOpening.Delivery {
  static final String PATH = "/api/watch";
  private static final int RETRY_MILLIS_MIN = 500;
  private static final int RETRY_MILLIS_MAX = 3_000;

  @Override
  public Map<String, String> parameters() {
    return WatchRequest.PARAMETERS;
  }

  @Override
  public Mono<ServerResponse> begin(WatchRequest asked, WatchStart start) {
    return ServerResponse.ok()
        .contentType(MediaType.TEXT_EVENT_STREAM)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("X-Accel-Buffering", "no")
        .body((response, _) -> Mono.defer(() -> write(response, asked.filter(), start)));
  }

  private Mono<Void> write(ServerHttpResponse response, WatchFilter filter, WatchStart start) {
    if (!hub.admit()) {
      return Answers.tooManyWatchers(response);
    }
    HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
    var channel = Outlet.channelOf(response);
    var body =
        new WatchBody(
            firstBytes(response),
            channel,
            server::hasSentHeaders,
            complete -> hub.open(StreamOutlet.of(channel, server), filter, start, complete));
    return response.writeWith(body).doFinally(_ -> hub.dismiss());
  }

  // Spread out, so that clients who lost a server together do not come back together.
  private static DataBuffer firstBytes(ServerHttpResponse response) {
    int retry = ThreadLocalRandom.current().nextInt(RETRY_MILLIS_MIN, RETRY_MILLIS_MAX);
    return response
        .bufferFactory()
        .wrap(("retry: " + retry + "\n\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public Mono<ServerResponse> gone(Frame reset) {
    byte[] bytes = reset.text().getBytes(StandardCharsets.UTF_8);
    return ServerResponse.status(HttpStatus.GONE)
        .contentType(MediaType.TEXT_EVENT_STREAM)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body((response, _) -> response.writeWith(Mono.just(response.bufferFactory().wrap(bytes))));
  }
}
