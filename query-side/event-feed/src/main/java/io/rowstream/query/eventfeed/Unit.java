package io.rowstream.query.eventfeed;

import io.rowstream.eventlog.LoggedEvent;
import java.time.Instant;
import java.util.List;

/// All events of one command or change set, in order; they were committed as one.
///
/// @param events at least one
public record Unit(List<LoggedEvent> events) {
  public Unit {
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a unit has at least one event");
    }
  }

  public long firstPosition() {
    return events.getFirst().position();
  }

  /// The position of the last event: where a reader stands that has got the unit.
  public long position() {
    return events.getLast().position();
  }

  public Instant committedOn() {
    return events.getLast().committedOn();
  }
}
