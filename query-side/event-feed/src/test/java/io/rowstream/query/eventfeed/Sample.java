package io.rowstream.query.eventfeed;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.testkit.LogWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Events and feeds to test with.
final class Sample {
  static final Instant DAY = Instant.parse("2026-01-05T08:00:00Z");
  static final Duration SOON = Duration.ofSeconds(10);
  static final EventFeedSettings QUICK =
      EventFeedSettings.DEFAULT.withPollInterval(Duration.ofMillis(100));

  private Sample() {}

  static RecordRef contact() {
    return new RecordRef("contact", UUID.randomUUID());
  }

  static LogEvent created(String name) {
    return new RecordCreated(Map.of("fullname", Value.text(name)));
  }

  static LogEvent renamed(String before, String after) {
    var change = new Change(Value.text(before), Value.text(after));
    return new RecordUpdated(Map.of("fullname", change), false, false, Set.of());
  }

  /// A unit of `events` events that ends at `position`.
  static Unit unit(long position, int events) {
    var logged = new ArrayList<LoggedEvent>();
    for (int remaining = events - 1; remaining >= 0; remaining--) {
      logged.add(
          new LoggedEvent(
              position - remaining,
              contact(),
              0,
              remaining,
              DAY,
              new Origin("c" + position, null, LogWriter.ADA),
              created("n")));
    }
    return new Unit(logged);
  }

  static List<Long> everythingIn(EventFeed feed, int eventsMax) {
    var positions = new ArrayList<Long>();
    long at = 0;
    for (var units = feed.unitsAfter(at, eventsMax);
        !units.isEmpty();
        units = feed.unitsAfter(at, eventsMax)) {
      units.forEach(u -> u.events().forEach(e -> positions.add(e.position())));
      at = units.getLast().position();
    }
    return positions;
  }
}
