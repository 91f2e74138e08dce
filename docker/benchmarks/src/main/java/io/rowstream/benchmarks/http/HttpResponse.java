package io.rowstream.benchmarks.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// One HTTP/1.1 response, read from bytes as they come; reused for the next one after [#reset].
///
/// Knows only what a benchmark needs: the status, the number in the ETag, where the body ends.
public final class HttpResponse {
  private static final int HEADER_LINE_BYTES_MAX = 8 * 1024;
  private static final long UNTIL_CLOSE = Long.MAX_VALUE;

  private enum Expect {
    STATUS,
    HEADER,
    BODY,
    CHUNKS,
    NOTHING
  }

  /// Small at first: ten thousand watchers have one each.
  private byte[] line = new byte[128];

  private final ChunkDecoder chunks = new ChunkDecoder();
  private Expect expect = Expect.STATUS;
  private int lineLength;
  private int status;
  private long version;
  private long bodyLeft;
  private boolean chunked;

  public HttpResponse() {
    reset();
  }

  public void reset() {
    expect = Expect.STATUS;
    lineLength = 0;
    status = 0;
    version = -1;
    bodyLeft = UNTIL_CLOSE;
    chunked = false;
    chunks.reset();
  }

  public int status() {
    return status;
  }

  /// The number in `ETag: "7"` or `ETag: W/"7"`, -1 if there was none.
  public long version() {
    return version;
  }

  /// Whether status and headers have been read.
  public boolean headersRead() {
    return expect != Expect.STATUS && expect != Expect.HEADER;
  }

  /// Takes what `in` holds of this response.
  ///
  /// @return whether the response is complete; `in` then stands behind it
  public boolean feed(ByteBuffer in, BodySink body) {
    while (in.hasRemaining() && !headersRead()) {
      byte next = in.get();
      if (next == '\n') {
        endLine();
      } else if (next != '\r') {
        appendToLine(next);
      }
    }
    return switch (expect) {
      case STATUS, HEADER -> false;
      case NOTHING -> true;
      case CHUNKS -> chunks.feed(in, body);
      case BODY -> takeBody(in, body);
    };
  }

  private void appendToLine(byte next) {
    if (lineLength == line.length) {
      if (lineLength >= HEADER_LINE_BYTES_MAX) {
        throw new IllegalStateException("a header line of more than " + lineLength + " bytes");
      }
      line = Arrays.copyOf(line, lineLength * 2);
    }
    line[lineLength++] = next;
  }

  private boolean takeBody(ByteBuffer in, BodySink body) {
    int length = (int) Math.min(bodyLeft, in.remaining());
    if (length > 0) {
      int end = in.position() + length;
      int limit = in.limit();
      in.limit(end);
      body.accept(in);
      in.limit(limit).position(end);
      bodyLeft -= bodyLeft == UNTIL_CLOSE ? 0 : length;
    }
    return bodyLeft == 0;
  }

  private void endLine() {
    if (expect == Expect.STATUS) {
      status = Integer.parseInt(text(0).split(" ", 3)[1]);
      expect = Expect.HEADER;
    } else if (lineLength == 0) {
      endHeaders();
    } else if (startsWith("etag:")) {
      version = digits(5);
    } else if (startsWith("content-length:")) {
      bodyLeft = digits(15);
    } else if (startsWith("transfer-encoding:")) {
      chunked = text(18).toLowerCase(Locale.ROOT).contains("chunked");
    }
    lineLength = 0;
  }

  private void endHeaders() {
    if (status == 204 || status == 304 || bodyLeft == 0) {
      expect = Expect.NOTHING;
    } else {
      expect = chunked ? Expect.CHUNKS : Expect.BODY;
    }
  }

  private boolean startsWith(String lowerCaseName) {
    if (lineLength < lowerCaseName.length()) {
      return false;
    }
    for (int i = 0; i < lowerCaseName.length(); i++) {
      byte actual = line[i];
      int lowered = actual >= 'A' && actual <= 'Z' ? actual + 32 : actual;
      if (lowered != lowerCaseName.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private long digits(int from) {
    long number = -1;
    for (int i = from; i < lineLength; i++) {
      if (line[i] >= '0' && line[i] <= '9') {
        number = Math.max(number, 0) * 10 + (line[i] - '0');
      }
    }
    return number;
  }

  private String text(int from) {
    return new String(line, from, lineLength - from, StandardCharsets.ISO_8859_1);
  }
}
