package io.rowstream.query.eventfeed;

import java.util.List;

/// What happened to some records only.
///
/// @param units of each, the events of those records; a unit of others is left out
/// @param position up to which nothing of those records is missing: at least the end of the last
///   unit
public record Extract(List<Unit> units, long position) {
  public Extract {
    units = List.copyOf(units);
  }
}
