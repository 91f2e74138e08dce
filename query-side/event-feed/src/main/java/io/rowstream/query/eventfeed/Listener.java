package io.rowstream.query.eventfeed;

import io.rowstream.eventlog.LogSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
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
  private final LongConsumer heard;
  private volatile boolean listening;
  private volatile boolean closed;
  private volatile @Nullable Connection current;

  /// @param heard told how far the log has come
  Listener(DedicatedConnections connections, EventFeedSettings settings, LongConsumer heard) {
    this.connections = connections;
    this.backoff = new Backoff(settings.reconnectInterval());
    this.heard = heard;
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
      heard.accept(Long.MAX_VALUE);
      var notices = connection.unwrap(PGConnection.class);
      while (!closed) {
        var heads = notices.getNotifications(Math.toIntExact(SILENCE_MAX.toMillis()));
        if (heads != null && heads.length > 0) {
          for (PGNotification head : heads) {
            heard.accept(position(head.getParameter()));
          }
        } else {
          statement.execute("SELECT 1");
        }
      }
    }
  }

  // Anybody may notify; what is not a position is worth a look.
  private static long position(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notOurs) {
      return Long.MAX_VALUE;
    }
  }

  void close() {
    closed = true;
    listening = false;
    EventFeed.abort(current);
  }
}
