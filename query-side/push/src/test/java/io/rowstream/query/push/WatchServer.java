package io.rowstream.query.push;

import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.testkit.SseClient;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpResources;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/// One node: a feed, a watch and a web server on a port of its own.
final class WatchServer implements AutoCloseable {
  static final WatchSettings QUICK =
      WatchSettings.DEFAULT.withTimes(Duration.ofMillis(300), Duration.ofSeconds(2));

  private static final int URL_LENGTH_MAX = 64 << 10;
  private static final LoopResources SHARED = HttpResources.get();
  private static final LoopResources ONE_LOOP = LoopResources.create("one-loop", 1, true);

  /// Answers with the frames sent so far, on the event loop of the connection.
  private static final String SENT = "/sent";

  private final EventFeed feed;
  private final Watch watch;
  private final DisposableServer server;

  private WatchServer(
      EventFeed feed,
      Function<UUID, @Nullable String> people,
      WatchSettings settings,
      LoopResources loops) {
    this.feed = feed;
    this.watch = new Watch(feed, Sample.CATALOGUE, people, new LogSnapshots(feed), settings);
    this.server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .runOn(loops)
            .httpRequestDecoder(spec -> spec.maxInitialLineLength(URL_LENGTH_MAX))
            .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes())))
            .bindNow();
  }

  private RouterFunction<ServerResponse> routes() {
    return watch
        .routes()
        .andRoute(
            RequestPredicates.path(SENT),
            request -> ServerResponse.ok().bodyValue(Long.toString(watch.framesSent())));
  }

  static WatchServer start(DataSource reader) {
    return start(reader, EventFeedSettings.DEFAULT, QUICK);
  }

  static WatchServer start(
      DataSource reader, EventFeedSettings feedSettings, WatchSettings settings) {
    return new WatchServer(EventFeed.start(reader, feedSettings), Sample::person, settings, SHARED);
  }

  static WatchServer startOnOneEventLoop(DataSource reader) {
    var feed = EventFeed.start(reader, EventFeedSettings.DEFAULT);
    return new WatchServer(feed, Sample::person, WatchSettings.DEFAULT, ONE_LOOP);
  }

  static WatchServer start(DataSource reader, Function<UUID, @Nullable String> people) {
    return new WatchServer(
        EventFeed.start(reader, EventFeedSettings.DEFAULT), people, QUICK, SHARED);
  }

  EventFeed feed() {
    return feed;
  }

  Watch watch() {
    return watch;
  }

  int port() {
    return server.port();
  }

  /// The address of a watch.
  ///
  /// @param query without the question mark
  URI uri(String query) {
    return URI.create(
        "http://127.0.0.1:" + port() + "/api/watch" + (query.isEmpty() ? "" : "?" + query));
  }

  /// The address that answers with [Watch#framesSent].
  URI sent() {
    return URI.create("http://127.0.0.1:" + port() + SENT);
  }

  /// The address of a poll.
  ///
  /// @param query without the question mark
  URI changes(String query) {
    return URI.create("http://127.0.0.1:" + port() + "/api/changes?" + query);
  }

  /// Opens a watch that begins now.
  SseClient watch(String query) {
    return SseClient.open(uri(query));
  }

  SseClient resume(String query, String lastId) {
    return SseClient.open(uri(query), lastId);
  }

  @Override
  public void close() {
    watch.close();
    server.disposeNow(Duration.ofSeconds(5));
    feed.close();
  }
}
