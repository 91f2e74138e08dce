package io.rowstream.query.projections.current;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// Reads where the projection and the log stand, at the same moment.
final class ReadStanding {

  /// A query of one row, whose columns are for [#of].
  static final String SQL =
      """
      SELECT p.position AS standing, p.epoch AS standing_epoch, h.position AS head, h.epoch AS head_epoch
        FROM view.projection p, log.head h
       WHERE p.name = 'current'
      """;

  private ReadStanding() {}

  static Standing run(Connection connection) throws SQLException {
    try (var query = connection.prepareStatement(SQL);
        var rows = query.executeQuery()) {
      if (!rows.next()) {
        throw new IllegalStateException("view.projection has no row for the current records");
      }
      return of(rows);
    }
  }

  /// Where they stand by the current row.
  static Standing of(ResultSet row) throws SQLException {
    return new Standing(
        row.getLong("standing"),
        row.getObject("standing_epoch", UUID.class),
        row.getLong("head"),
        row.getObject("head_epoch", UUID.class));
  }
}
