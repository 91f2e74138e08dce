package io.rowstream.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StandalonePostgresIT {
  @TempDir private Path data;

  @Test
  void a_restart_keeps_data_and_password() throws SQLException {
    String password;
    try (var postgres = start()) {
      password = postgres.password();
      execute(postgres, "CREATE TABLE record AS SELECT 7 AS id");
    }
    try (var postgres = start()) {
      assertThat(postgres.password()).isEqualTo(password);
      assertThat(answer(postgres, "SELECT id FROM record")).isEqualTo("7");
    }
  }

  @Test
  void it_is_durable_reachable_on_loopback_only_and_tuned() throws SQLException {
    try (var postgres = start()) {
      for (var expected :
          Map.ofEntries(
                  Map.entry("fsync", "on"),
                  Map.entry("synchronous_commit", "on"),
                  Map.entry("full_page_writes", "on"),
                  Map.entry("listen_addresses", "127.0.0.1"),
                  Map.entry("unix_socket_directories", ""),
                  Map.entry("data_checksums", "on"),
                  Map.entry("server_encoding", "UTF8"),
                  Map.entry("shared_buffers", "256MB"),
                  Map.entry("max_connections", "100"),
                  Map.entry("max_wal_size", "1GB"))
              .entrySet()) {
        assertThat(answer(postgres, "SELECT current_setting('" + expected.getKey() + "')"))
            .as(expected.getKey())
            .isEqualTo(expected.getValue());
      }
      assertThat(answer(postgres, "SELECT setting FROM pg_settings WHERE name = 'fsync'"))
          .isEqualTo("on");
      assertThat(answer(postgres, "SELECT datcollate FROM pg_database WHERE datname = 'template1'"))
          .isEqualTo("C.UTF-8");
    }
  }

  @Test
  void further_settings_reach_the_server_as_they_are() throws SQLException {
    var odd = "it's \"%m\" $HOME ";
    var settings = Map.of("log_line_prefix", odd, "max_connections", "20");
    try (var postgres =
        StandalonePostgres.start(TestInstance.settings(data).withParameters(settings))) {
      assertThat(answer(postgres, "SHOW log_line_prefix")).isEqualTo(odd);
      assertThat(answer(postgres, "SHOW max_connections")).isEqualTo("20");
    }
  }

  @Test
  void without_the_password_nobody_gets_in() throws Exception {
    try (var postgres = start()) {
      for (var guess : new String[] {"", "postgres", postgres.password() + "x"}) {
        assertThatThrownBy(
                () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), guess))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("password");
      }
    }
    var file = data.resolve("postgres.password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_fixed_port_is_used_and_one_that_is_taken_refused_at_once() throws Exception {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      assertThatThrownBy(() -> StandalonePostgres.start(TestInstance.settings(data).withPort(port)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("port " + port + " for " + data.toRealPath() + " is taken");
    }
    try (var postgres = StandalonePostgres.start(TestInstance.settings(data).withPort(port))) {
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(answer(postgres, "SHOW port")).isEqualTo(Integer.toString(port));
    }
  }

  @Test
  void a_second_instance_in_the_same_jvm_is_refused_and_does_not_give_up_the_lock()
      throws Exception {
    try (var postgres = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(data.toRealPath() + " is in use by another running instance");

      try (var elsewhere = TestInstance.launch(data)) {
        assertThat(elsewhere.lastWords()).contains("is in use by another running instance");
        assertThat(answer(postgres, "SELECT 1")).isEqualTo("1");
      }
    }
  }

  @Test
  void a_closed_instance_leaves_no_process_and_may_be_closed_twice() throws Exception {
    var postgres = start();
    var processes = new ClusterProcesses(data.toRealPath().resolve("postgres"));
    assertThat(processes.running()).isNotEmpty();

    postgres.close();
    postgres.close();

    assertThat(processes.running()).isEmpty();
    assertThat(ProcessHandle.current().children())
        .noneMatch(child -> child.info().commandLine().orElse("").contains("rowstream-watchdog"));
    start().close();
  }

  private StandalonePostgres start() {
    return StandalonePostgres.start(TestInstance.settings(data));
  }

  private static void execute(StandalonePostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String answer(StandalonePostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres)) {
      return TestInstance.answer(connection, sql);
    }
  }

  private static Connection connect(StandalonePostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }
}
