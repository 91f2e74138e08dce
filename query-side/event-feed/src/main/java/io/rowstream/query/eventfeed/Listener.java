package io.rowstream.query.eventfeed;

import io.rowstream.eventlog.LogSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wakes the tailer when the log is appended to, by PostgreSQL's LISTEN. One thread.
///
/// Nothing depends on it but speed: the tailer looks by itself every poll interval. A connection
/// that has nothing to say is asked now and then whether it still lives.
final class Listener implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(2);

  private final DedicatedConnections connections;
  private final Backoff backoff;
  private final WakeUp tailer;
  private volatile boolean listening;
  private volatile boolean closed;
  private volatile @Nullable Connection current;

  Listener(DedicatedConnections connections, EventFeedSettings settings, WakeUp tailer) {
    this.connections = connections;
    this.backoff = new Backoff(settings.reconnectInterval());
    this.tailer = tailer;
  }

  boolean isListening() {
    return listening;
  }

  @Override
  public void run() {
    boolean told = false;
    while (!closed) {
      try {
        Thread.sleep(backoff.untilNext());
        backoff.attempt();
        try (var connection = connections.open("rowstream listener")) {
          current = connection;
          listen(connection);
        }
      } catch (SQLException | RuntimeException failure) {
        if (!closed && (listening || !told)) {
          LOG.warn("not woken by commits, polling; cause={}", failure.toString());
          told = true;
        }
        listening = false;
      } catch (InterruptedException end) {
        return;
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("LISTEN " + LogSchema.CHANNEL);
      listening = true;
      tailer.call();
      var notices = connection.unwrap(PGConnection.class);
      while (!closed) {
        var heard = notices.getNotifications(Math.toIntExact(SILENCE_MAX.toMillis()));
        if (heard != null && heard.length > 0) {
          tailer.call();
        } else {
          statement.execute("SELECT 1");
        }
      }
    }
  }

  void close() {
    closed = true;
    listening = false;
    EventFeed.abort(current);
  }
}
