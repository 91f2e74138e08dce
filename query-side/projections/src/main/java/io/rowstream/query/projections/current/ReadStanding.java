package io.rowstream.query.projections.current;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/// Reads where the projection and the log stand, at the same moment.
final class ReadStanding {

  private ReadStanding() {}

  static Standing run(Connection connection) throws SQLException {
    try (var query =
            connection.prepareStatement(
                """
                SELECT p.position, p.epoch, h.position AS log_position, h.epoch AS log_epoch
                  FROM view.projection p, log.head h
                 WHERE p.name = 'current'
                """);
        var rows = query.executeQuery()) {
      if (!rows.next()) {
        throw new IllegalStateException("view.projection has no row for the current records");
      }
      return new Standing(
          rows.getLong("position"),
          rows.getObject("epoch", UUID.class),
          rows.getLong("log_position"),
          rows.getObject("log_epoch", UUID.class));
    }
  }
}
