package io.rowstream.query.eventfeed;

import io.rowstream.eventlog.LogDamagedException;
import io.rowstream.eventlog.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts events that come in order together to units. Not thread-safe.
final class UnitAssembly {
  private final List<LoggedEvent> begun = new ArrayList<>();
  private long bytes;

  /// A whole unit and its size in the log.
  record Assembled(Unit unit, long payloadBytes) {}

  /// @return the unit, when `stored` is its last event
  /// @throws LogDamagedException if the event does not belong behind the one before
  Optional<Assembled> add(ReadEvents.Stored stored) {
    var event = stored.event();
    if (!begun.isEmpty() && begun.getLast().remaining() != event.remaining() + 1) {
      throw new LogDamagedException("the log has a torn unit at position " + event.position());
    }
    begun.add(event);
    bytes += stored.payloadBytes();
    if (event.remaining() > 0) {
      return Optional.empty();
    }
    var whole = new Assembled(new Unit(begun), bytes);
    begun.clear();
    bytes = 0;
    return Optional.of(whole);
  }

  /// Whether a unit has begun whose end has not come.
  boolean isBegun() {
    return !begun.isEmpty();
  }

  /// How many events of a begun unit have come.
  int eventsBegun() {
    return begun.size();
  }
}
