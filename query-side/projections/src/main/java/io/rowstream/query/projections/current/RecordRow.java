package io.rowstream.query.projections.current;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/// The columns of `view.record r` that make a state, in one order everywhere.
final class RecordRow {
  static final String COLUMNS = columns("r");

  /// How many columns there are.
  static final int COUNT = 8;

  private RecordRow() {}

  /// @param row the name of the row of `view.record`
  static String columns(String row) {
    return """
    %1$s.version, %1$s.deleted, %1$s.attributes, %1$s.created_by, %1$s.created_on, %1$s.modified_by, \
    %1$s.modified_on, %1$s.position\
    """
        .formatted(row);
  }

  /// @param first the number of the first of [#COLUMNS] in the result
  static RecordState state(RecordRef record, ResultSet rows, int first) throws SQLException {
    return new RecordState(
        record,
        rows.getLong(first),
        rows.getBoolean(first + 1),
        AttributesJson.read(rows.getBytes(first + 2)),
        rows.getObject(first + 3, UUID.class),
        instant(rows, first + 4),
        rows.getObject(first + 5, UUID.class),
        instant(rows, first + 6),
        rows.getLong(first + 7));
  }

  static Instant instant(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }
}
