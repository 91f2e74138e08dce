package io.rowstream.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class StandalonePostgresCrashIT {
  private Path data = Path.of("");

  @BeforeEach
  void chooseDirectory(@TempDir Path temporary) throws IOException {
    data = temporary.toRealPath().resolve("our data");
  }

  @Test
  void the_watchdog_of_a_killed_jvm_stops_postgresql_and_the_data_stay() throws Exception {
    try (var killed = TestInstance.start(data)) {
      killed.execute("CREATE TABLE record AS SELECT 7 AS id");
      var postmaster = killed.postmaster();

      killed.kill9();

      TestInstance.awaitDeath(postmaster);
      assertThat(Files.readAllLines(data.resolve("postgres.log")))
          .anyMatch(line -> line.contains("database system is shut down"));
    }
    assertDataStay();
  }

  @Test
  void postgresql_left_alone_by_jvm_and_watchdog_is_stopped_by_the_next_start() throws Exception {
    try (var killed = TestInstance.start(data)) {
      killed.execute("CREATE TABLE record AS SELECT 7 AS id");
      var orphan = killed.postmaster();
      killed.killWatchdog();
      killed.kill9();
      assertThat(TestInstance.runs(orphan)).isTrue();

      assertDataStay();

      assertThat(TestInstance.runs(orphan)).isFalse();
    }
  }

  @Test
  void a_stale_pid_file_that_names_a_stranger_is_put_aside_and_the_stranger_left_alone()
      throws Exception {
    try (var killed = TestInstance.start(data)) {
      killed.execute("CREATE TABLE record AS SELECT 7 AS id");
      killed.killWatchdog();
      killed.killPostgres();
      killed.kill9();
    }
    var stranger = strangerInPidFile();
    try {
      assertDataStay();

      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  @Test
  void the_watchdog_leaves_a_stranger_alone() throws Exception {
    try (var killed = TestInstance.start(data)) {
      var watchdog = killed.watchdog();
      killed.killPostgres();
      var stranger = strangerInPidFile();
      try {
        killed.kill9();

        TestInstance.awaitDeath(watchdog);
        assertThat(stranger.isAlive()).isTrue();
      } finally {
        stranger.destroyForcibly().waitFor();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rowstream.lock",
        "rowstream.initialising",
        "postgres.password",
        "postgres/PG_VERSION",
        "postgres/base/1/PG_VERSION",
        "rowstream.initialised",
        "postgres/postmaster.pid"
      })
  void a_first_start_killed_at_any_moment_is_made_good_by_the_next(String file) throws Exception {
    try (var killed = TestInstance.launch(data)) {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(TestInstance.PATIENCE)
          .until(() -> Files.exists(data.resolve(file)));
      killed.kill9();

      try (var next = TestInstance.start(data)) {
        next.execute("CREATE TABLE record AS SELECT 7 AS id");
        assertThat(next.answer("SELECT id FROM record")).isEqualTo("7");
        next.stop();
      }
    }
  }

  @Test
  void binaries_whose_unpacking_was_cut_short_are_unpacked_again() throws Exception {
    var unpacked = data.resolveSibling("unpacked");
    try (var first = TestInstance.launch(data, unpacked)) {
      first.awaitReady();
      first.execute("CREATE TABLE record AS SELECT 7 AS id");
      first.stop();
    }
    try (var versions = Files.newDirectoryStream(unpacked, "PG-*")) {
      var version = versions.iterator().next();
      Files.delete(version.resolve(".exists"));
      Files.writeString(version.resolve("bin/postgres"), "half");
    }

    try (var next = TestInstance.launch(data, unpacked)) {
      next.awaitReady();
      assertThat(next.answer("SELECT id FROM record")).isEqualTo("7");
      next.stop();
    }
  }

  @Test
  void a_second_instance_is_refused_at_once_and_the_first_unharmed() throws Exception {
    try (var first = TestInstance.start(data);
        var second = TestInstance.launch(data)) {
      assertThat(second.lastWords())
          .contains("the data directory " + data + " is in use by another running instance");

      assertThat(first.answer("SELECT 1")).isEqualTo("1");
      first.stop();
    }
  }

  // A process with the name of the server and our directory on its command line.
  private Process strangerInPidFile() throws IOException {
    var cluster = data.resolve("postgres");
    var stranger =
        new ProcessBuilder("sh", "-c", "read -r line; :", "postgres", "-D", cluster.toString())
            .start();
    Files.write(
        cluster.resolve("postmaster.pid"),
        List.of(Long.toString(stranger.pid()), cluster.toString(), "1", "5432", "", "127.0.0.1"));
    return stranger;
  }

  private void assertDataStay() throws Exception {
    try (var next = TestInstance.start(data)) {
      assertThat(next.answer("SELECT id FROM record")).isEqualTo("7");
      next.stop();
    }
  }
}
