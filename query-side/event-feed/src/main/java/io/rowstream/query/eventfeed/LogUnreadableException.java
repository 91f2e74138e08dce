package io.rowstream.query.eventfeed;

/// The log could not be read this time; nothing is known to be lost, the same read may be tried
/// again.
public final class LogUnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogUnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
