package io.rowstream.eventlog;

import io.rowstream.language.RecordRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// A row of `log.event`, as an event.
public final class LoggedEventRow {

  private LoggedEventRow() {}

  /// Reads the current row of a query for every column of the table.
  public static LoggedEvent read(ResultSet row) throws SQLException {
    var entry = EventJson.read(row.getBytes("payload"));
    return new LoggedEvent(
        row.getLong("position"),
        new RecordRef(row.getString("entity_type"), row.getObject("record_id", UUID.class)),
        row.getLong("version"),
        row.getInt("remaining"),
        row.getTimestamp("committed_on").toInstant(),
        entry.origin(),
        entry.event());
  }
}
