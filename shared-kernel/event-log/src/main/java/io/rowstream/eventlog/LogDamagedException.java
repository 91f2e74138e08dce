package io.rowstream.eventlog;

/// The log is not whole; appending to it or reading from it would break a promise.
public final class LogDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogDamagedException(String message) {
    super(message);
  }
}
