package io.rowstream.command.app;

/// What is asked for is not done here. Expected, therefore without a stack trace.
final class NotSupportedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param reason shown to the client, a sentence
  NotSupportedException(String reason) {
    super(reason, null, false, false);
  }
}
