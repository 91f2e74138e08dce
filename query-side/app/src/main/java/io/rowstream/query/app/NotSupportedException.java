package io.rowstream.query.app;

/// A part of the dialect that is not there yet. Expected, therefore without a stack trace.
final class NotSupportedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param what shown to the client, as the subject of a sentence in the plural
  NotSupportedException(String what) {
    super(what + " are not supported yet.", null, false, false);
  }
}
