package io.rowstream.benchmarks.feed;

import java.nio.charset.StandardCharsets;

/// Names in the data of a `change` frame, as the bytes that are searched for.
final class ChangeFrame {
  static final byte[] ROW_VERSION = "\"rowVersion\":".getBytes(StandardCharsets.US_ASCII);
  static final byte[] COMMITTED_ON = "\"committedOn\":".getBytes(StandardCharsets.US_ASCII);

  private ChangeFrame() {}
}
