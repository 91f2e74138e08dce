package io.rowstream.query.eventfeed;

import java.util.UUID;

/// The log is another history than the one that was being followed.
final class EpochChangedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EpochChangedException(UUID followed, UUID found) {
    super("the log has another epoch: " + found + " instead of " + followed);
  }
}
