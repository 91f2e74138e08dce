package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutcomeRetentionIT {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final SettableClock clock = SettableClock.at(NOW);
  private LogDatabase database;
  private OutcomeRetention retention;

  @BeforeEach
  void createDatabase() {
    database = LogDatabase.create();
    retention = new OutcomeRetention(database.owner(), Duration.ofDays(7), clock);
  }

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void an_outcome_is_forgotten_once_it_is_older_than_the_retention() throws Exception {
    keep("old", "7 days 1 microsecond");
    keep("due", "7 days");
    keep("young", "1 day");

    assertThat(retention.forgetExpired()).isEqualTo(1);
    assertThat(kept()).containsExactly("due", "young");

    clock.advance(Duration.ofNanos(1_000));
    assertThat(retention.forgetExpired()).isEqualTo(1);
    assertThat(kept()).containsExactly("young");
    assertThat(retention.forgetExpired()).isZero();
  }

  @Test
  void many_are_forgotten_page_by_page() {
    database.execute(
        """
        INSERT INTO log.command_outcome
        SELECT 'c' || n, '', '', 0, timestamptz '2026-11-01' FROM generate_series(1, 12000) n
        """);

    assertThat(retention.forgetExpired()).isEqualTo(12_000);
  }

  @Test
  void a_database_that_is_gone_is_told_as_such() {
    database.close();

    assertThatThrownBy(retention::forgetExpired).isInstanceOf(LogUnreadableException.class);
  }

  private void keep(String commandId, String age) {
    database.execute(
        "INSERT INTO log.command_outcome VALUES ('%s', '', '', 0, timestamptz '%s' - interval '%s')"
            .formatted(commandId, NOW, age));
  }

  private List<String> kept() throws SQLException {
    var kept = new ArrayList<String>();
    try (var connection = database.owner().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT command_id FROM log.command_outcome ORDER BY 1")) {
      while (rows.next()) {
        kept.add(rows.getString("command_id"));
      }
    }
    return kept;
  }
}
