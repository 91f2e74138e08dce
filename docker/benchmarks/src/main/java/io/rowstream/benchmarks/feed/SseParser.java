package io.rowstream.benchmarks.feed;

import io.rowstream.benchmarks.http.BodySink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Cuts an event stream into frames.
///
/// Only the beginning of an incomplete frame is kept, so an idle watcher holds nothing. Lines end
/// with LF or CR LF; a lone CR does not end a line here. Bytes are searched as Latin-1 text, which
/// the JVM does many at a time: the reading thread shares the cores with the server it measures.
final class SseParser implements BodySink {
  private static final String EVENT = "event:";
  private static final String DATA = "data:";

  private final FrameSink sink;
  private String incomplete = "";
  private String event = "";
  private FrameData data = FrameData.NONE;
  private boolean anyLine;

  SseParser(FrameSink sink) {
    this.sink = sink;
  }

  @Override
  public void accept(ByteBuffer piece) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    String text = incomplete + new String(bytes, StandardCharsets.ISO_8859_1);
    incomplete = text.substring(readFrames(text));
  }

  /// Reads all complete frames and returns the place behind the last one.
  private int readFrames(String text) {
    int frameEnd = 0;
    int lineStart = 0;
    beginFrame();
    for (int newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', lineStart)) {
      int lineEnd = newline > lineStart && text.charAt(newline - 1) == '\r' ? newline - 1 : newline;
      if (lineEnd == lineStart) {
        endFrame();
        frameEnd = newline + 1;
      } else {
        takeLine(text, lineStart, lineEnd);
      }
      lineStart = newline + 1;
    }
    return frameEnd;
  }

  private void beginFrame() {
    event = "message";
    data = FrameData.NONE;
    anyLine = false;
  }

  private void endFrame() {
    if (anyLine) {
      sink.frame(event, data);
    }
    beginFrame();
  }

  /// Comments, ids and retry times are of no interest here.
  private void takeLine(String text, int from, int to) {
    if (text.startsWith(EVENT, from)) {
      event = text.substring(valueStart(text, from + EVENT.length(), to), to);
      anyLine = true;
    } else if (text.startsWith(DATA, from)) {
      var line = new FrameData(text, valueStart(text, from + DATA.length(), to), to);
      data = data.length() == 0 ? line : data.and(line);
      anyLine = true;
    }
  }

  private static int valueStart(String text, int from, int to) {
    return from < to && text.charAt(from) == ' ' ? from + 1 : from;
  }
}
