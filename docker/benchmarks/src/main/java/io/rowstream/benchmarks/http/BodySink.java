package io.rowstream.benchmarks.http;

import java.nio.ByteBuffer;

/// Takes a response body piece by piece. A piece is valid during the call only.
@FunctionalInterface
public interface BodySink {
  BodySink IGNORE = _ -> {};

  void accept(ByteBuffer piece);
}
