package io.rowstream.query.eventfeed;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// One record's own events, and what it was at any time. Thread-safe; callers wait for PostgreSQL.
///
/// What is committed when it is asked is in the answer, whatever the feed has read so far.
public final class RecordLog {
  private static final int PAGE_EVENTS_MAX = 1_000;

  private final DataSource reader;

  /// @param reader connections of the role `rowstream_reader`
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
          events.add(ReadEvents.read(rows).event());
        }
      }
      return events;
    } catch (SQLException failure) {
      throw new LogUnreadableException("events of " + record, failure);
    }
  }

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
