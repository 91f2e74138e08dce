package io.rowstream.command.eventstore;

import io.rowstream.eventlog.LogDamagedException;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The writer's one connection, and the next one after it was lost. Used by the writer thread only.
final class WriterSession implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WriterSession.class);

  private final DataSource dataSource;
  private final GroupCommitSettings settings;
  private final UUID epoch;
  private @Nullable WriterConnection connection;
  private long nextAttemptNanos = System.nanoTime();

  /// @param connection to the log of `epoch`
  WriterSession(
      DataSource dataSource,
      GroupCommitSettings settings,
      UUID epoch,
      WriterConnection connection) {
    this.dataSource = dataSource;
    this.settings = settings;
    this.epoch = epoch;
    this.connection = connection;
  }

  /// The connection; after a loss, once the database is there again.
  ///
  /// @throws LogDamagedException if it is not the log it was, or not whole
  WriterConnection connection() throws SQLException, InterruptedException {
    while (connection == null) {
      TimeUnit.NANOSECONDS.sleep(nextAttemptNanos - System.nanoTime());
      nextAttemptNanos = System.nanoTime() + settings.reconnectInterval().toNanos();
      try {
        connection = verified(WriterConnection.open(dataSource, settings.lockTimeout()));
      } catch (SQLException e) {
        log.warn("The database cannot be reached, state={}", e.getSQLState());
      }
    }
    return connection;
  }

  private WriterConnection verified(WriterConnection opened) throws SQLException {
    boolean same = false;
    try {
      same = opened.verifiedHead().epoch().equals(epoch);
    } finally {
      if (!same) {
        opened.close();
      }
    }
    if (!same) {
      throw new LogDamagedException("the log's epoch changed while the database was away");
    }
    return opened;
  }

  /// Gives up the connection.
  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
