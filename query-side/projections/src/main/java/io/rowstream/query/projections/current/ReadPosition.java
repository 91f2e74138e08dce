package io.rowstream.query.projections.current;

import java.sql.Connection;
import java.sql.SQLException;

/// Reads how far `view.record` is.
final class ReadPosition {

  private ReadPosition() {}

  static long run(Connection connection) throws SQLException {
    try (var statement =
            connection.prepareStatement(
                "SELECT position FROM view.projection WHERE name = 'current'");
        var rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new IllegalStateException("view.projection has no row for the current records");
      }
      return rows.getLong("position");
    }
  }
}
