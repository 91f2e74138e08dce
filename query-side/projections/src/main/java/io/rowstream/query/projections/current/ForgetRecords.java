package io.rowstream.query.projections.current;

import java.sql.Connection;
import java.sql.SQLException;

/// Empties `view.record` and puts the projection back to the beginning of the log.
final class ForgetRecords {

  private ForgetRecords() {}

  /// @return false if the projection is not where `seen` found it: another node was faster
  static boolean run(Connection connection, Standing seen) throws SQLException {
    try (var call = connection.prepareStatement("SELECT view.forget_records(?, ?, ?)")) {
      call.setObject(1, seen.logEpoch());
      call.setLong(2, seen.position());
      call.setObject(3, seen.epoch());
      try (var result = call.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }
}
