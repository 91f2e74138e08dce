package io.rowstream.query.projections.current;

import java.util.UUID;

/// Where the current records and the log stand, at the same moment.
///
/// @param position the current records'
/// @param epoch of the log whose events the current records have
public record Standing(long position, UUID epoch, long logPosition, UUID logEpoch) {

  /// How many events of the log the records do not have yet.
  public long behind() {
    return isOfThisLog() ? logPosition - position : 0;
  }

  /// Whether the records have something yet to get, and not more than `max` events.
  boolean isBehind(int max) {
    return behind() > 0 && behind() <= max;
  }

  /// Whether the records follow the log there is, not another one or one that has lost its end.
  public boolean isOfThisLog() {
    return epoch.equals(logEpoch) && position <= logPosition;
  }
}
