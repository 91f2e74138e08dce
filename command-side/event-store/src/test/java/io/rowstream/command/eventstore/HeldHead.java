package io.rowstream.command.eventstore;

import static org.awaitility.Awaitility.await;

import io.rowstream.testkit.LogDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/// The head's lock in a test's hand: writers gather behind it until it is let go.
final class HeldHead implements AutoCloseable {
  private final LogDatabase database;
  private final Connection connection;

  private HeldHead(LogDatabase database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  static HeldHead take(LogDatabase database) throws SQLException {
    var connection = database.owner().getConnection();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT position FROM log.head FOR UPDATE");
    }
    return new HeldHead(database, connection);
  }

  /// Returns when `count` sessions wait for the lock.
  void awaitWaiting(int count) {
    await().until(() -> waiting() == count);
  }

  private int waiting() throws SQLException {
    try (var other = database.owner().getConnection();
        var statement = other.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT count(*) AS waiting FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'
                """)) {
      rows.next();
      return rows.getInt("waiting");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
