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
  static final String COLUMNS =
      """
      r.version, r.deleted, r.attributes, r.created_by, r.created_on, r.modified_by, r.modified_on,
      r.position\
      """;

  private RecordRow() {}

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
