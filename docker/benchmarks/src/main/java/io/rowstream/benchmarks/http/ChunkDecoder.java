package io.rowstream.benchmarks.http;

import java.nio.ByteBuffer;

/// Undoes `Transfer-Encoding: chunked` on bytes that arrive in any portions.
final class ChunkDecoder {
  private enum Expect {
    SIZE,
    DATA,
    LINE_END_AFTER_DATA,
    TRAILER
  }

  private Expect expect = Expect.SIZE;
  private long size;
  private boolean inExtension;
  private int trailerLineLength;

  void reset() {
    expect = Expect.SIZE;
    size = 0;
    inExtension = false;
    trailerLineLength = 0;
  }

  /// Takes what `in` holds of this body.
  ///
  /// @return whether the body has ended; `in` then stands behind it
  boolean feed(ByteBuffer in, BodySink sink) {
    while (in.hasRemaining()) {
      if (expect == Expect.DATA) {
        takeData(in, sink);
      } else if (takeFraming(in.get())) {
        return true;
      }
    }
    return false;
  }

  private void takeData(ByteBuffer in, BodySink sink) {
    int length = (int) Math.min(size, in.remaining());
    int end = in.position() + length;
    int limit = in.limit();
    in.limit(end);
    sink.accept(in);
    in.limit(limit).position(end);
    size -= length;
    if (size == 0) {
      expect = Expect.LINE_END_AFTER_DATA;
    }
  }

  private boolean takeFraming(byte next) {
    switch (expect) {
      case SIZE -> takeSize(next);
      case LINE_END_AFTER_DATA -> {
        if (next == '\n') {
          expect = Expect.SIZE;
        }
      }
      case TRAILER -> {
        if (next == '\n' && trailerLineLength == 0) {
          return true;
        }
        trailerLineLength =
            next == '\n' ? 0 : next == '\r' ? trailerLineLength : trailerLineLength + 1;
      }
      case DATA -> throw new IllegalStateException("data is not framing");
    }
    return false;
  }

  private void takeSize(byte next) {
    if (next == '\n') {
      expect = size == 0 ? Expect.TRAILER : Expect.DATA;
      inExtension = false;
    } else if (next == ';') {
      inExtension = true;
    } else if (!inExtension && next != '\r') {
      int digit = Character.digit(next, 16);
      if (digit < 0) {
        throw new IllegalStateException("not a chunk size: byte " + next);
      }
      size = size * 16 + digit;
    }
  }
}
