package io.rowstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProcessIT {
  @TempDir private Path directory;

  @Test
  void what_was_committed_before_kill_9_is_there_after_a_restart_on_the_same_port()
      throws SQLException {
    try (var postgres = PostgresProcess.start(directory)) {
      execute(postgres, "CREATE TABLE record (id int)");
      execute(postgres, "INSERT INTO record VALUES (7)");
      var port = postgres.port();

      postgres.kill9();
      postgres.restart();

      assertThat(postgres.port()).isEqualTo(port);
      assertThat(answer(postgres, "SELECT id FROM record")).isEqualTo("7");
    }
  }

  @Test
  void after_kill_9_nothing_of_the_server_is_left() throws SQLException {
    try (var postgres = PostgresProcess.start(directory)) {
      assertThat(processes()).isPositive();

      postgres.kill9();

      assertThat(processes()).isZero();
      assertThatThrownBy(() -> answer(postgres, "SELECT 1")).isInstanceOf(SQLException.class);
      assertThatThrownBy(postgres::kill9)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("not running");
    }
  }

  @Test
  void a_restart_keeps_the_data_and_close_leaves_no_process() throws SQLException {
    try (var postgres = PostgresProcess.start(directory)) {
      execute(postgres, "CREATE TABLE record AS SELECT 7 AS id");

      postgres.restart();

      assertThat(answer(postgres, "SELECT id FROM record")).isEqualTo("7");
    }
    assertThat(processes()).isZero();
  }

  @Test
  void commits_are_durable_and_further_settings_are_passed_on() throws SQLException {
    try (var postgres = PostgresProcess.start(directory, Map.of("commit_delay", "1000"))) {
      assertThat(answer(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(answer(postgres, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(answer(postgres, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(answer(postgres, "SHOW commit_delay")).isEqualTo("1000");
    }
  }

  private long processes() {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(each -> each.info().commandLine().orElse("").contains(directory.toString()))
        .count();
  }

  private static void execute(PostgresProcess postgres, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(postgres.jdbcUrl("postgres"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String answer(PostgresProcess postgres, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(postgres.jdbcUrl("postgres"));
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
