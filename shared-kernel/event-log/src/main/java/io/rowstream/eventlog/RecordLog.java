package io.rowstream.eventlog;

import io.rowstream.language.RecordRef;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// One record's own events, and what it was at any time. Thread-safe; callers wait for PostgreSQL.
///
/// What is committed when it is asked is in the answer, whatever the feed has read so far.
public final class RecordLog {
  private static final int PAGE_EVENTS_MAX = 1_000;

  private final DataSource reader;

  /// @param reader connections that may read the log
  public RecordLog(DataSource reader) {
    this.reader = reader;
  }

  /// The events after version `version`, at most `limit`, in order.
  ///
  /// @param version exclusive; -1 to begin with the first
  /// @throws LogUnreadableException if PostgreSQL did not answer
  public List<LoggedEvent> eventsOf(RecordRef record, long version, int limit) {
    try (var connection = reader.getConnection();
        var statement =
            connection.prepareStatement(
                """
                SELECT position, record_id, entity_type, version, remaining, committed_on, payload
                  FROM log.event
                 WHERE record_id = ? AND entity_type = ? AND version > ?
                 ORDER BY version
                 LIMIT ?
                """)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(1);
      statement.setObject(1, record.id());
      statement.setString(2, record.entityType());
      statement.setLong(3, version);
      statement.setInt(4, limit);
      var events = new ArrayList<LoggedEvent>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          events.add(LoggedEventRow.read(rows));
        }
      }
      return events;
    } catch (SQLException failure) {
      throw new LogUnreadableException("events of " + record, failure);
    }
  }

  /// The events with `after < version <= upTo` in order, read a page at a time as they are
  /// consumed.
  public Stream<LoggedEvent> between(RecordRef record, long after, long upTo) {
    UnaryOperator<Page> next = page -> page(record, page.last(), upTo);
    return Stream.iterate(page(record, after, upTo), page -> !page.events().isEmpty(), next)
        .flatMap(page -> page.events().stream())
        .takeWhile(event -> event.version() <= upTo);
  }

  private Page page(RecordRef record, long after, long upTo) {
    int limit =
        (int) Math.min(PAGE_EVENTS_MAX, Math.max(0, Math.min(upTo, Long.MAX_VALUE - 1) - after));
    var events = limit == 0 ? List.<LoggedEvent>of() : eventsOf(record, after, limit);
    return new Page(events, events.isEmpty() ? after : events.getLast().version());
  }

  private record Page(List<LoggedEvent> events, long last) {}

  /// What the record is now; empty if it has never been there.
  public Optional<RecordState> state(RecordRef record) {
    return stateBefore(record, _ -> false);
  }

  /// What the record was at `version`; empty if it has not come that far.
  public Optional<RecordState> stateAsOfVersion(RecordRef record, long version) {
    return stateBefore(record, event -> event.version() > version)
        .filter(state -> state.version() == version);
  }

  /// What the record was at `time`: after everything committed then or before.
  public Optional<RecordState> stateAsOfTime(RecordRef record, Instant time) {
    return stateBefore(record, event -> event.committedOn().isAfter(time));
  }

  /// What the record was when the log ended at `position`.
  public Optional<RecordState> stateAsOfPosition(RecordRef record, long position) {
    return stateBefore(record, event -> event.position() > position);
  }

  private Optional<RecordState> stateBefore(RecordRef record, Predicate<LoggedEvent> tooLate) {
    @Nullable RecordState state = null;
    while (true) {
      long version = state == null ? -1 : state.version();
      var page = eventsOf(record, version, PAGE_EVENTS_MAX);
      var wanted = page.stream().takeWhile(tooLate.negate()).toList();
      state = RecordState.after(state, wanted).orElse(null);
      if (wanted.size() < PAGE_EVENTS_MAX) {
        return Optional.ofNullable(state);
      }
    }
  }
}
