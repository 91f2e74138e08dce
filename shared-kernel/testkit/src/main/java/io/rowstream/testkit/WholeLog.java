package io.rowstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LogHead;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.LoggedEventRow;
import io.rowstream.language.RecordRef;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import javax.sql.DataSource;

/// Everything that stands in a log, read after making sure that nothing is missing or out of order.
public final class WholeLog {

  private WholeLog() {}

  /// The events by position.
  ///
  /// Asserts that positions are 1, 2, 3 … up to the head, that the versions of each record are 0,
  /// 1, 2 … in the order of positions, that no unit is cut or mixed with another, and that time
  /// never runs backwards.
  public static List<LoggedEvent> read(DataSource owner) {
    try (var connection = owner.getConnection();
        var statement =
            connection.prepareStatement(
                """
                SELECT position, record_id, entity_type, version, remaining, committed_on, payload
                  FROM log.event
                 ORDER BY position
                """)) {
      var events = new ArrayList<LoggedEvent>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          events.add(LoggedEventRow.read(rows));
        }
      }
      assertWhole(events);
      assertThat(LogHead.read(connection).position()).as("head").isEqualTo(events.size());
      return events;
    } catch (SQLException failure) {
      throw new IllegalStateException("the log cannot be read", failure);
    }
  }

  private static void assertWhole(List<LoggedEvent> events) {
    var versions = new HashMap<RecordRef, Long>();
    var time = Instant.MIN;
    for (int i = 0; i < events.size(); i++) {
      LoggedEvent event = events.get(i);
      long expected = versions.merge(event.record(), 0L, (last, _) -> last + 1);
      if (event.position() != i + 1 || event.version() != expected) {
        throw new AssertionError(
            "expected position %d at version %d, found %s".formatted(i + 1, expected, event));
      }
      assertFollows(
          i == 0 ? 0 : events.get(i - 1).remaining(), i == 0 ? event : events.get(i - 1), event);
      if (event.committedOn().isBefore(time)) {
        throw new AssertionError("time runs backwards at " + event);
      }
      time = event.committedOn();
    }
    if (!events.isEmpty()) {
      assertThat(events.getLast().remaining()).as("rest of the last unit").isZero();
    }
  }

  private static void assertFollows(int outstanding, LoggedEvent before, LoggedEvent event) {
    boolean sameUnit =
        event.remaining() == outstanding - 1
            && event.origin().commandId().equals(before.origin().commandId());
    if (outstanding > 0 && !sameUnit) {
      throw new AssertionError("a unit is cut: %s is followed by %s".formatted(before, event));
    }
  }
}
