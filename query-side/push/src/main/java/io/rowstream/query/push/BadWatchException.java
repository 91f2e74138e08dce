package io.rowstream.query.push;

/// A request for a watch that cannot be understood; its message is for the client.
final class BadWatchException extends Exception {
  private static final long serialVersionUID = 1L;

  BadWatchException(String message) {
    super(message, null, false, false);
  }
}
