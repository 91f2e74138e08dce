package io.rowstream.command.eventstore;

import org.jspecify.annotations.Nullable;

/// An append was not written, and not because of its version.
public final class AppendFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What the sender may conclude.
  public enum Meaning {
    /// Refused before anything was tried; the same command may be sent again later.
    TOO_BUSY,
    /// It may or may not have been written; only a command id tells.
    UNKNOWN,
    /// The database does not take it, now or ever.
    NOT_WRITTEN,
    /// Refused before anything was tried: this node takes no appends until it is started again.
    STOPPED
  }

  private final Meaning meaning;

  AppendFailedException(Meaning meaning, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.meaning = meaning;
  }

  public Meaning meaning() {
    return meaning;
  }
}
