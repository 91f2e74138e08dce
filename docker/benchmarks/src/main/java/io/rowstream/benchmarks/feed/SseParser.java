package io.rowstream.benchmarks.feed;

import io.rowstream.benchmarks.http.BodySink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Cuts an event stream into frames.
///
/// A frame that arrives whole is read where it lies. Only the beginning of an incomplete one is
/// kept, so an idle watcher holds nothing. Lines end with LF or CR LF; a lone CR does not end a
/// line here.
final class SseParser implements BodySink {
  private static final byte[] NOTHING = {};
  private static final byte[] EVENT = "event:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

  /// The name that matters here, kept so that no frame makes a new text of it.
  private static final String CHANGE = "change";

  private static final byte[] CHANGE_BYTES = CHANGE.getBytes(StandardCharsets.US_ASCII);

  private final FrameSink sink;
  private byte[] incomplete = NOTHING;
  private String event = "";
  private FrameData data = FrameData.none();
  private boolean anyLine;

  SseParser(FrameSink sink) {
    this.sink = sink;
  }

  @Override
  public void accept(ByteBuffer piece) {
    byte[] bytes = new byte[incomplete.length + piece.remaining()];
    System.arraycopy(incomplete, 0, bytes, 0, incomplete.length);
    piece.get(bytes, incomplete.length, piece.remaining());
    int read = readFrames(bytes);
    incomplete = read == bytes.length ? NOTHING : Arrays.copyOfRange(bytes, read, bytes.length);
  }

  /// Reads all complete frames and returns the place behind the last one.
  private int readFrames(byte[] bytes) {
    int frameEnd = 0;
    int lineStart = 0;
    beginFrame();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        int lineEnd = i > lineStart && bytes[i - 1] == '\r' ? i - 1 : i;
        if (lineEnd == lineStart) {
          endFrame();
          frameEnd = i + 1;
        } else {
          takeLine(bytes, lineStart, lineEnd);
        }
        lineStart = i + 1;
      }
    }
    return frameEnd;
  }

  private void beginFrame() {
    event = "message";
    data = FrameData.none();
    anyLine = false;
  }

  private void endFrame() {
    if (anyLine) {
      sink.frame(event, data);
    }
    beginFrame();
  }

  /// Comments, ids and retry times are of no interest here.
  private void takeLine(byte[] bytes, int from, int to) {
    if (startsWith(bytes, from, to, EVENT)) {
      event = name(bytes, valueStart(bytes, from + EVENT.length, to), to);
      anyLine = true;
    } else if (startsWith(bytes, from, to, DATA)) {
      var line = new FrameData(bytes, valueStart(bytes, from + DATA.length, to), to);
      data = data.length() == 0 ? line : joined(data, line);
      anyLine = true;
    }
  }

  private static FrameData joined(FrameData first, FrameData second) {
    byte[] both = (first + "\n" + second).getBytes(StandardCharsets.UTF_8);
    return new FrameData(both, 0, both.length);
  }

  private static String name(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, CHANGE_BYTES, 0, CHANGE_BYTES.length)
        ? CHANGE
        : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static int valueStart(byte[] bytes, int from, int to) {
    return from < to && bytes[from] == ' ' ? from + 1 : from;
  }

  private static boolean startsWith(byte[] bytes, int from, int to, byte[] start) {
    return to - from >= start.length
        && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
  }
}
