package io.rowstream.query.push;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/// One SSE event as it goes over the wire, made once for all watchers with one filter. Immutable.
///
/// It is kept as a chunk of HTTP/1.1's chunked encoding, so that this too is done once.
final class Frame {
  /// Names of frames that say only where the client stands.
  private static final Set<String> MARKS = Set.of("bookmark", "caught-up", "fell-behind");

  private static final String ID = "id: ";
  private static final String EVENT = "\nevent: ";
  private static final String DATA = "\ndata: ";
  private static final int BLANK_LINE_BYTES = 2;
  private static final byte[] LINE_END = {'\r', '\n'};

  /// It says nothing but that the server lives; it has neither cursor nor data. Made of the
  /// constants above.
  static final Frame COMMENT = new Frame(0, "", 0, new byte[] {':', '\n', '\n'});

  private final long position;
  private final String name;
  private final byte[] chunk;
  private final int eventStart;
  private final int dataStart;

  /// @param position where a reader stands that has got it
  /// @param headBytes of `event`, as [#head] has made them
  Frame(long position, String name, int headBytes, byte[] event) {
    byte[] size = (Integer.toHexString(event.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    this.position = position;
    this.name = name;
    this.eventStart = size.length;
    this.dataStart = eventStart + headBytes;
    this.chunk = Arrays.copyOf(size, size.length + event.length + LINE_END.length);
    System.arraycopy(event, 0, chunk, eventStart, event.length);
    System.arraycopy(LINE_END, 0, chunk, eventStart + event.length, LINE_END.length);
  }

  /// What an event begins with; its data and a blank line follow.
  static byte[] head(String id, String name) {
    return (ID + id + EVENT + name + DATA).getBytes(StandardCharsets.US_ASCII);
  }

  long position() {
    return position;
  }

  boolean is(String wanted) {
    return name.equals(wanted);
  }

  /// Whether it says only where the client stands.
  boolean isMark() {
    return MARKS.contains(name);
  }

  /// The cursor; empty after a reset.
  String id() {
    int start = eventStart + ID.length();
    int end = dataStart - DATA.length() - name.length() - EVENT.length();
    return new String(chunk, start, end - start, StandardCharsets.US_ASCII);
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

  /// Writes the event as a chunk.
  void putChunk(ByteBuffer bytes) {
    bytes.put(chunk);
  }

  /// The event as text.
  String text() {
    return event().toString(StandardCharsets.UTF_8);
  }

  /// Writes the event as a JSON object.
  void writeJson(ByteArrayOutputStream bytes) {
    bytes.writeBytes(
        ("{\"event\":\"" + name + "\",\"id\":\"" + id() + "\",\"data\":")
            .getBytes(StandardCharsets.US_ASCII));
    bytes.write(chunk, dataStart, chunk.length - LINE_END.length - BLANK_LINE_BYTES - dataStart);
    bytes.write('}');
  }
}
