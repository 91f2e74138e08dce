package io.rowstream.query.app;

import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.query.projections.current.CurrentRecords;
import java.time.Duration;

/// Makes lists include the position a caller asks for. Thread-safe.
///
/// @param atMost how long one waits; then the request is refused
record PositionWait(CurrentRecords records, Duration atMost) {

  void until(long wanted) {
    try {
      if (!records.await(wanted, atMost)) {
        throw notYet(wanted);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw notYet(wanted);
    }
  }

  /// The wait goes by what this node knows; a database that has just lost its last moments can be
  /// behind that.
  static void require(long found, long wanted) {
    if (found < wanted) {
      throw notYet(wanted);
    }
  }

  private static RefusedException notYet(long wanted) {
    return new RefusedException(
        new Refusal.TooBusy("lists do not include position " + wanted + " yet"));
  }
}
