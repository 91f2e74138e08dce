package io.rowstream.query.push;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.unix.Socket;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContentEncoder;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerResponse;

/// The body of a response that does not end by itself.
///
/// On plain HTTP/1.1 the frames, which are chunks already, go past the HTTP encoder: with 10,000
/// readers of one record, making each chunk anew was half of the work. With nothing behind the
/// encoder but the socket, that gets them directly. Whatever else the response is, compressed or
/// not chunked, it goes the usual way.
final class StreamOutlet implements Outlet {
  private final Channel channel;
  private final @Nullable ChannelHandlerContext codec;
  private final @Nullable Socket socket;

  private StreamOutlet(Channel channel, @Nullable ChannelHandlerContext codec) {
    this.channel = channel;
    this.codec = codec;
    this.socket =
        codec != null && codec.equals(channel.pipeline().firstContext())
            ? DirectSend.socketOf(channel)
            : null;
  }

  /// @param response whose headers have been sent
  static StreamOutlet of(Channel channel, HttpServerResponse response) {
    var headers = response.responseHeaders();
    boolean chunked =
        headers.contains(HttpHeaderNames.TRANSFER_ENCODING, "chunked", true)
            && channel.pipeline().get(HttpContentEncoder.class) == null;
    return new StreamOutlet(
        channel, chunked ? channel.pipeline().context(HttpServerCodec.class) : null);
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public ChannelFuture write(List<Frame> frames) {
    if (codec == null) {
      return channel.writeAndFlush(new DefaultHttpContent(together(frames, Frame::event)));
    }
    int size = size(frames);
    int sent = socket == null ? 0 : DirectSend.ofThisLoop().send(channel, socket, frames, size);
    return sent == size
        ? channel.newSucceededFuture()
        : codec.writeAndFlush(together(frames, Frame::chunk).skipBytes(sent));
  }

  @Override
  public boolean isComplete() {
    return false;
  }

  // Once per reader, so not a stream.
  private static int size(List<Frame> frames) {
    int size = 0;
    for (var frame : frames) {
      size += frame.size();
    }
    return size;
  }

  private static ByteBuf together(List<Frame> frames, Function<Frame, ByteBuf> bytes) {
    return frames.size() == 1
        ? bytes.apply(frames.getFirst())
        : Unpooled.wrappedBuffer(frames.stream().map(bytes).toArray(ByteBuf[]::new));
  }
}
