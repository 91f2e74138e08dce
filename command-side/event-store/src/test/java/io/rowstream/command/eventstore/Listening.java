package io.rowstream.command.eventstore;

import io.rowstream.eventlog.LogSchema;
import io.rowstream.testkit.LogDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/// A session that hears what the log's channel is told.
record Listening(Connection connection) implements AutoCloseable {
  private static final int QUIET_MILLIS = 300;

  static Listening to(LogDatabase database) throws SQLException {
    var connection = database.owner().getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("LISTEN " + LogSchema.CHANNEL);
    }
    return new Listening(connection);
  }

  /// Everything heard since the last call, once nothing more comes.
  List<String> heard() throws SQLException {
    var session = connection.unwrap(PGConnection.class);
    var heard = new ArrayList<String>();
    for (var told = session.getNotifications(QUIET_MILLIS);
        told.length > 0;
        told = session.getNotifications(QUIET_MILLIS)) {
      for (var one : told) {
        heard.add(one.getParameter());
      }
    }
    return heard;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
