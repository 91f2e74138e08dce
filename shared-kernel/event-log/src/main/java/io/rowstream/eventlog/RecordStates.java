package io.rowstream.eventlog;

import io.rowstream.language.RecordRef;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGStatement;

/// What many records of one entity type are, asked at once. Thread-safe; callers wait for
/// PostgreSQL.
///
/// Like [RecordLog], it knows everything that is committed when it is asked.
public final class RecordStates {

  /// The most records one question is about.
  public static final int RECORDS_MAX = 1_000;

  /// Events read at once; the histories they belong to are short, as a rule.
  private static final int EVENTS_MAX = 5_000;

  private final DataSource reader;
  private final RecordLog log;

  /// @param reader connections that may read the log
  public RecordStates(DataSource reader) {
    this.reader = reader;
    this.log = new RecordLog(reader);
  }

  /// @return by id; without those that have never been there
  /// @throws LogUnreadableException if PostgreSQL did not answer
  public Map<UUID, RecordState> of(String entityType, Collection<UUID> ids) {
    if (ids.size() > RECORDS_MAX) {
      throw new IllegalArgumentException("at most " + RECORDS_MAX + " records at once");
    }
    var states = new HashMap<UUID, RecordState>();
    var history = new ArrayList<LoggedEvent>();
    List<LoggedEvent> events = events(entityType, ids);
    for (LoggedEvent event : events) {
      if (!history.isEmpty() && !history.getLast().record().equals(event.record())) {
        fold(history, states);
      }
      history.add(event);
    }
    if (events.size() < EVENTS_MAX) {
      fold(history, states);
    } else {
      Set<UUID> rest = new LinkedHashSet<>(ids);
      rest.removeAll(states.keySet());
      for (UUID id : rest) {
        log.state(new RecordRef(entityType, id)).ifPresent(state -> states.put(id, state));
      }
    }
    return states;
  }

  private static void fold(List<LoggedEvent> history, Map<UUID, RecordState> into) {
    RecordState.after(null, history).ifPresent(state -> into.put(state.record().id(), state));
    history.clear();
  }

  private List<LoggedEvent> events(String entityType, Collection<UUID> ids) {
    try (var connection = reader.getConnection();
        var statement =
            connection.prepareStatement(
                """
                SELECT position, record_id, entity_type, version, remaining, committed_on, payload
                  FROM log.event
                 WHERE record_id = ANY (?) AND entity_type = ?
                 ORDER BY record_id, version
                 LIMIT ?
                """)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(1);
      statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      statement.setString(2, entityType);
      statement.setInt(3, EVENTS_MAX);
      var events = new ArrayList<LoggedEvent>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          events.add(LoggedEventRow.read(rows));
        }
      }
      return events;
    } catch (SQLException failure) {
      throw new LogUnreadableException("events of " + ids.size() + " " + entityType, failure);
    }
  }
}
