package io.rowstream.command.app;

/// What the URL names cannot be written this way.
final class MethodNotAllowedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MethodNotAllowedException() {
    super("method not allowed", null, false, false);
  }
}
