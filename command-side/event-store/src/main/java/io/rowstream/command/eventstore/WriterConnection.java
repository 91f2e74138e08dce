package io.rowstream.command.eventstore;

import io.rowstream.eventlog.LogHead;
import io.rowstream.eventlog.LogSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/// A connection that appends: it has the writer's rights only, gives up rather than block the other
/// nodes, and commits durably.
final class WriterConnection implements AutoCloseable {
  /// How long a hung writer can hold the head's lock before PostgreSQL ends its session.
  private static final Duration IDLE_IN_TRANSACTION_MAX = Duration.ofSeconds(5);

  /// How long one batch may take inside PostgreSQL, waiting for the lock included.
  private static final Duration STATEMENT_MAX = Duration.ofSeconds(15);

  final Connection connection;
  final AppendBatch appendBatch;

  private WriterConnection(Connection connection) throws SQLException {
    this.connection = connection;
    this.appendBatch = new AppendBatch(connection);
  }

  static WriterConnection open(DataSource dataSource, Duration lockTimeout) throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      connection.setAutoCommit(true);
      LogSchema.actAs(LogSchema.WRITER, connection);
      set(connection, "lock_timeout", Long.toString(lockTimeout.toMillis()));
      set(connection, "statement_timeout", Long.toString(STATEMENT_MAX.toMillis()));
      set(
          connection,
          "idle_in_transaction_session_timeout",
          Long.toString(IDLE_IN_TRANSACTION_MAX.toMillis()));
      set(connection, "synchronous_commit", "on");
      // Planned once: with batches of one row a custom plan looks cheaper every time.
      set(connection, "plan_cache_mode", "force_generic_plan");
      return new WriterConnection(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /// The head, after making sure that the log is whole and that commits reach the disk.
  LogHead verifiedHead() throws SQLException {
    if (!"on".equals(show("fsync"))) {
      throw new IllegalStateException(
          "PostgreSQL runs with fsync off: success would not mean durable; nothing was started");
    }
    return LogHead.verified(connection);
  }

  private String show(String setting) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT current_setting(?)")) {
      statement.setString(1, setting);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private static void set(Connection connection, String setting, String value) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT set_config(?, ?, false)")) {
      statement.setString(1, setting);
      statement.setString(2, value);
      statement.execute();
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException _) {
      // Broken already, which is why it is closed.
    }
  }
}
