package io.rowstream.benchmarks.feed;

/// Names in the data of a `change` frame, as the text that is searched for.
final class ChangeFrame {
  static final String ROW_VERSION = "\"rowVersion\":";
  static final String COMMITTED_ON = "\"committedOn\":";

  private ChangeFrame() {}
}
