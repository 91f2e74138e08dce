package io.rowstream.query.push;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.netty.http.server.HttpServerResponse;

/// Where the frames of one watch go. Used on the event loop of its channel.
interface Outlet {

  /// The connection of the client.
  Channel channel();

  /// Takes the frames; done when they have left, and the next may come.
  ChannelFuture write(List<Frame> frames);

  /// Whether the client has all it asked for, so that the watch ends.
  boolean isComplete();

  /// The connection `response` goes out on.
  static Channel channelOf(ServerHttpResponse response) {
    var channel = new AtomicReference<@Nullable Channel>();
    HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
    server.withConnection(connection -> channel.set(connection.channel()));
    return Objects.requireNonNull(channel.get());
  }
}
