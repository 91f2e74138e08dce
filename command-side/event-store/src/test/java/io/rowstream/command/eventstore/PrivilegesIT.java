package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.eventlog.LogSchema;
import io.rowstream.language.RecordRef;
import io.rowstream.testkit.EventStoreContract.Attempt;
import io.rowstream.testkit.LogDatabase;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The log is append-only by PostgreSQL's word.
class PrivilegesIT {
  private static final String INSERT =
      "INSERT INTO log.event VALUES (2, gen_random_uuid(), 'contact', 0, 0, now(), '{}')";

  private static LogDatabase database;

  @BeforeAll
  static void createLog() {
    database = LogDatabase.create();
    try (var store = GroupCommitStore.start(database.owner())) {
      store.append(Attempt.changing(Map.of(new RecordRef("contact", UUID.randomUUID()), -1L)));
    }
  }

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE log.event SET payload = '{}'",
        "UPDATE log.event SET position = position + 1",
        "DELETE FROM log.event",
        "TRUNCATE log.event",
        "DROP TABLE log.event",
        "ALTER TABLE log.event DISABLE TRIGGER ALL",
        "UPDATE log.head SET epoch = gen_random_uuid()",
        "DELETE FROM log.head",
        "INSERT INTO log.head (the_only, epoch, position, committed_on)"
            + " VALUES (false, gen_random_uuid(), 0, now())",
        "SELECT secret FROM log.cursor_key",
        "UPDATE log.command_outcome SET outcome = '[]'",
        "DELETE FROM log.number_sequence",
        "CREATE TABLE log.mine (n int)",
        "CREATE OR REPLACE FUNCTION log.append() RETURNS int LANGUAGE sql AS 'SELECT 1'"
      })
  void the_writer_changes_and_removes_nothing(String sql) {
    assertRefused(LogSchema.WRITER, sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        INSERT,
        "UPDATE log.event SET payload = '{}'",
        "DELETE FROM log.event",
        "TRUNCATE log.event",
        "UPDATE log.head SET position = 0",
        "SELECT position FROM log.head FOR UPDATE",
        "SELECT position FROM log.head FOR NO KEY UPDATE",
        "SELECT position FROM log.head FOR KEY SHARE",
        "SELECT outcome FROM log.command_outcome",
        "INSERT INTO log.snapshot VALUES (gen_random_uuid(), 'contact', 0, '[]')",
        "UPDATE log.cursor_key SET secret = ''",
        "SELECT next FROM log.number_sequence",
        "SELECT log.take_numbers('contact', 'number', 1, 1)",
        "SELECT log.append(gen_random_uuid(), 0, now(), '{}', '{}', '{}', true,"
            + " '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')"
      })
  void the_reader_writes_nothing_and_locks_nothing(String sql) {
    assertRefused(LogSchema.READER, sql);
  }

  @Test
  void both_do_what_they_are_for() {
    assertThatCode(() -> execute(LogSchema.WRITER, INSERT)).doesNotThrowAnyException();
    assertThatCode(() -> execute(LogSchema.WRITER, "UPDATE log.head SET position = 2"))
        .doesNotThrowAnyException();
    assertThatCode(() -> execute(LogSchema.WRITER, "DELETE FROM log.command_outcome"))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> execute(LogSchema.WRITER, "SELECT log.take_numbers('contact', 'number', 1, 1)"))
        .doesNotThrowAnyException();
    assertThatCode(() -> execute(LogSchema.WRITER, "UPDATE log.number_sequence SET seed = 2"))
        .doesNotThrowAnyException();
    assertThatCode(() -> execute(LogSchema.READER, "SELECT * FROM log.event, log.head"))
        .doesNotThrowAnyException();
    assertThatCode(() -> execute(LogSchema.READER, "SELECT secret FROM log.cursor_key"))
        .doesNotThrowAnyException();
  }

  private void assertRefused(String role, String sql) {
    assertThatThrownBy(() -> execute(role, sql))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }

  private void execute(String role, String sql) throws SQLException {
    try (var connection = database.owner().getConnection();
        var statement = connection.createStatement()) {
      LogSchema.actAs(role, connection);
      statement.execute(sql);
    }
  }
}
