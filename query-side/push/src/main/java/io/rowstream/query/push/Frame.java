package io.rowstream.query.push;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One SSE event as it goes over the wire, made once for all watchers with one filter. Immutable.
///
/// It is kept as a chunk of HTTP/1.1's chunked encoding, so that this too is done once.
final class Frame {
  private static final byte[] LINE_END = {'\r', '\n'};

  private final long position;
  private final byte[] chunk;
  private final int eventStart;

  /// @param position where a reader stands that has got it
  Frame(long position, byte[] event) {
    byte[] size = (Integer.toHexString(event.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    this.position = position;
    this.eventStart = size.length;
    this.chunk = Arrays.copyOf(size, size.length + event.length + LINE_END.length);
    System.arraycopy(event, 0, chunk, eventStart, event.length);
    System.arraycopy(LINE_END, 0, chunk, eventStart + event.length, LINE_END.length);
  }

  long position() {
    return position;
  }

  /// Bytes on the wire.
  int size() {
    return chunk.length;
  }

  /// The event alone.
  ByteBuf event() {
    return Unpooled.wrappedBuffer(chunk, eventStart, chunk.length - eventStart - LINE_END.length);
  }

  /// The event as a chunk.
  ByteBuf chunk() {
    return Unpooled.wrappedBuffer(chunk);
  }

  /// The event as text.
  String text() {
    return event().toString(StandardCharsets.UTF_8);
  }
}
