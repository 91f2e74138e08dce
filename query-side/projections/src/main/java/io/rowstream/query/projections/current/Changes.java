package io.rowstream.query.projections.current;

import io.rowstream.eventlog.RecordState;
import java.util.List;

/// Records that have changed, and where records and log stood when they were read.
///
/// @param upTo the position up to which these are all
/// @param until the position up to which changes are asked for
public record Changes(List<Changed> records, long upTo, long until, Standing standing) {
  public Changes {
    records = List.copyOf(records);
  }

  /// Whether there may be others.
  public boolean more() {
    return upTo < until;
  }

  /// A record as it is now.
  ///
  /// @param matches whether it is there and matches the filter
  public record Changed(RecordState state, boolean matches) {}
}
