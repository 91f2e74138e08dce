package io.rowstream.query.projections.current;

/// A list cannot be asked for like this; the message is for the caller.
public final class BadQueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadQueryException(String message) {
    super(message, null, false, false);
  }
}
