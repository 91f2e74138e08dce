package io.rowstream.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A PostgreSQL server that a test may kill and start again on the same data and the same port.
///
/// It is always the embedded one: a container cannot be killed the same way.
public final class PostgresProcess implements AutoCloseable {
  private final Path directory;
  private final Map<String, String> settings;
  private EmbeddedPostgres server;
  private boolean running;

  private PostgresProcess(Path directory, Map<String, String> settings, EmbeddedPostgres server) {
    this.directory = directory;
    this.settings = settings;
    this.server = server;
    this.running = true;
  }

  /// Starts a server on `directory`, which is created or holds the data of an earlier one.
  public static PostgresProcess start(Path directory) {
    return start(directory, Map.of());
  }

  /// Starts a server with more settings than the usual ones, or other values for them.
  public static PostgresProcess start(Path directory, Map<String, String> settings) {
    var process = new PostgresProcess(directory, settings, launch(directory, settings, 0));
    Runtime.getRuntime().addShutdownHook(new Thread(process::close, "close-" + directory));
    return process;
  }

  /// The port, the same after every restart.
  public int port() {
    return server.getPort();
  }

  /// The address of `database` for the superuser, who needs no password.
  public String jdbcUrl(String database) {
    return server.getJdbcUrl("postgres", database);
  }

  /// Ends the postmaster and all its children with SIGKILL and returns when none is left.
  public synchronized void kill9() {
    if (!running) {
      throw new IllegalStateException("not running: " + directory);
    }
    ProcessTree.kill9(postmaster());
    running = false;
    // PostgreSQL takes a zombie that nobody reaps for a live server and would refuse to start.
    delete(pidFile());
  }

  /// Starts the server again on its data; one that still runs is stopped cleanly first.
  public synchronized void restart() {
    close();
    server = launch(directory, settings, server.getPort());
    running = true;
  }

  /// Stops the server cleanly and leaves its data; does nothing if it does not run.
  @Override
  public synchronized void close() {
    if (running) {
      try {
        server.close();
      } catch (IOException failure) {
        throw new UncheckedIOException("not stopped: " + directory, failure);
      }
      running = false;
    }
  }

  private long postmaster() {
    try (var lines = Files.lines(pidFile())) {
      return Long.parseLong(lines.findFirst().orElseThrow().strip());
    } catch (IOException failure) {
      throw new UncheckedIOException("which process runs on " + directory + "?", failure);
    }
  }

  private static EmbeddedPostgres launch(Path directory, Map<String, String> settings, int port) {
    var builder =
        EmbeddedServer.builder(directory)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPort(port);
    settings.forEach(builder::setServerConfig);
    // A killed server's library object still holds the lock on this file within this JVM.
    delete(directory.resolve("epg-lock"));
    try {
      return builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException("not started: PostgreSQL on " + directory, failure);
    }
  }

  private Path pidFile() {
    return directory.resolve("postmaster.pid");
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("not deleted: " + file, failure);
    }
  }
}
