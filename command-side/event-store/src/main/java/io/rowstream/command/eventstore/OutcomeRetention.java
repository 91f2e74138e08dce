package io.rowstream.command.eventstore;

import io.rowstream.eventlog.LogUnreadableException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/// Forgets stored outcomes after the time within which a command may be repeated. Thread-safe.
public final class OutcomeRetention {
  /// Outcomes removed in one statement, so that none holds locks for long.
  static final int PAGE_OUTCOMES = 5_000;

  private final DataSource dataSource;
  private final Duration retention;
  private final Clock clock;

  public OutcomeRetention(DataSource dataSource, Duration retention, Clock clock) {
    this.dataSource = dataSource;
    this.retention = retention;
    this.clock = clock;
  }

  /// @return how many outcomes were removed
  public int forgetExpired() {
    int removed = 0;
    try (var connection = dataSource.getConnection();
        var statement =
            connection.prepareStatement(
                """
                DELETE FROM log.command_outcome
                 WHERE command_id IN (SELECT command_id
                                        FROM log.command_outcome
                                       WHERE decided_on < ?
                                       ORDER BY decided_on
                                       LIMIT ?)
                """)) {
      statement.setTimestamp(1, Timestamp.from(clock.instant().minus(retention)));
      statement.setInt(2, PAGE_OUTCOMES);
      int page;
      do {
        page = statement.executeUpdate();
        removed += page;
      } while (page == PAGE_OUTCOMES);
      return removed;
    } catch (SQLException e) {
      throw new LogUnreadableException("expired outcomes cannot be removed", e);
    }
  }
}
