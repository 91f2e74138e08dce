package io.rowstream.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// PostgreSQL from the embedded binaries, set up like production where durability is concerned.
final class EmbeddedServer {
  /// What every PostgreSQL server for tests is started with.
  static final Map<String, String> SETTINGS =
      Map.of(
          "fsync", "on",
          "synchronous_commit", "on",
          "full_page_writes", "on",
          "max_connections", "200");

  /// Crash recovery on a busy machine takes longer than the library's 10 seconds.
  private static final Duration START_TIME_MAX = Duration.ofSeconds(60);

  private EmbeddedServer() {}

  /// Starts a server on a new temporary directory; both are gone when the JVM has ended.
  static PostgresAddress startUntilExit() {
    try {
      var server = builder(Files.createTempDirectory("rowstream-test-postgres")).start();
      return new PostgresAddress("localhost", server.getPort(), "postgres", "");
    } catch (IOException failure) {
      throw new UncheckedIOException("no PostgreSQL for tests", failure);
    }
  }

  static EmbeddedPostgres.Builder builder(Path directory) {
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setLocaleConfig("locale", "C.UTF-8")
            // A killed server would leave its socket's lock behind in the directory all servers
            // share.
            .setServerConfig("unix_socket_directories", "")
            .setPGStartupWait(START_TIME_MAX);
    // The library passes -F, which turns fsync off; a later -c wins over it.
    SETTINGS.forEach(builder::setServerConfig);
    return builder;
  }
}
