package io.rowstream.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection's edge, next to the codec: requests are understood here, and a refusal without a
/// body gets one, also when the server refuses by itself.
final class HttpEdge extends ChannelDuplexHandler {
  private static final int REFUSAL_MIN = 400;

  private final Duration bodyTimeout;
  private final RequestTimes times;

  /// The requests that have no answer yet, in their order.
  private final Queue<Unanswered> unanswered = new ArrayDeque<>();

  /// Whether the end of a body has yet to come.
  private boolean inBody;

  /// Ends the connection unless more of the body comes; null while nobody waits for it.
  private @Nullable Future<?> cutting;

  private record Unanswered(HttpMethod method, long sinceNanos) {}

  /// @param bodyTimeout how long a body that is being read may pause
  HttpEdge(Duration bodyTimeout, RequestTimes times) {
    this.bodyTimeout = bodyTimeout;
    this.times = times;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    stopWaiting();
    inBody = !(message instanceof LastHttpContent);
    switch (message) {
      case HttpRequest request -> ctx.fireChannelRead(understood(request));
      case HttpContent content when content.decoderResult().isFailure() -> {
        content.release();
        cut(ctx, HttpResponseStatus.BAD_REQUEST);
      }
      default -> ctx.fireChannelRead(message);
    }
  }

  /// A server that does not read, because it cannot keep up, waits for nothing.
  @Override
  public void read(ChannelHandlerContext ctx) {
    if (inBody && cutting == null) {
      cutting =
          ctx.executor()
              .schedule(
                  () -> cut(ctx, HttpResponseStatus.REQUEST_TIMEOUT),
                  bodyTimeout.toMillis(),
                  TimeUnit.MILLISECONDS);
    }
    ctx.read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stopWaiting();
    ctx.fireChannelInactive();
  }

  private void stopWaiting() {
    if (cutting != null) {
      cutting.cancel(false);
      cutting = null;
    }
  }

  private HttpRequest understood(HttpRequest request) {
    unanswered.add(new Unanswered(request.method(), System.nanoTime()));
    if (request.decoderResult().isSuccess()) {
      RequestHead.understand(request);
      return request;
    }
    // Netty takes what it cannot read for HTTP/1.0, which would end the connection with the answer
    // to the request before.
    var unread = new DefaultHttpRequest(HttpVersion.HTTP_1_1, request.method(), "/");
    unread.setDecoderResult(request.decoderResult());
    ReferenceCountUtil.release(request);
    return unread;
  }

  /// Ends the connection over a body that cannot be read to its end. To those behind, its beginning
  /// would look like all of it, and be carried out.
  private void cut(ChannelHandlerContext ctx, HttpResponseStatus status) {
    if (unanswered.size() != 1) {
      var _ = ctx.close();
      return;
    }
    answered(unanswered.poll(), status);
    var refusal =
        withBody(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER));
    refusal.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    var _ = ctx.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    Object written = message;
    if (message instanceof HttpResponse response
        && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      Unanswered request = unanswered.poll();
      answered(request, response.status());
      if (response instanceof FullHttpResponse full
          && full.status().code() >= REFUSAL_MIN
          && !full.content().isReadable()
          && (request == null || !request.method.equals(HttpMethod.HEAD))) {
        written = withBody(full);
      }
    }
    var _ = ctx.write(written, promise);
  }

  private void answered(@Nullable Unanswered request, HttpResponseStatus status) {
    if (request != null) {
      times.record(request.method, status, System.nanoTime() - request.sinceNanos);
    }
  }

  private static FullHttpResponse withBody(FullHttpResponse empty) {
    byte[] body = Refusals.of(empty.status().code()).body();
    FullHttpResponse filled = empty.replace(Unpooled.wrappedBuffer(body));
    filled.headers().set("OData-Version", "4.0");
    filled.headers().set(HttpHeaderNames.CONTENT_TYPE, Refusals.CONTENT_TYPE);
    filled.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    empty.release();
    return filled;
  }
}
