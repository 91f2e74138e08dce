package io.rowstream.query.projections.current;

import io.rowstream.eventlog.LogSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/// A connection that one thread keeps for statements that find rows by their key.
final class DedicatedConnection {

  /// How much longer than a statement may take the server may be silent before it counts as gone.
  private static final Duration SILENCE_AFTER_TIMEOUT = Duration.ofSeconds(2);

  private DedicatedConnection() {}

  static Connection open(DataSource database, String role, Duration statementTimeout)
      throws SQLException {
    var connection = database.getConnection();
    try (var statement = connection.createStatement()) {
      connection.setNetworkTimeout(
          Runnable::run, (int) statementTimeout.plus(SILENCE_AFTER_TIMEOUT).toMillis());
      LogSchema.actAs(role, connection);
      statement.execute("SET statement_timeout = " + statementTimeout.toMillis());
      // Plans are kept while tables grow: they must not rest on how small a table once was.
      statement.execute("SET plan_cache_mode = force_generic_plan");
      statement.execute("SET enable_seqscan = off");
      statement.execute("SET enable_hashjoin = off");
      statement.execute("SET enable_mergejoin = off");
      statement.execute("SET jit = off");
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }
}
