package io.rowstream.standalone.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/// One start of the server on a directory that nobody else uses.
final class ServerLaunch {
  static final String SUPERUSER = "postgres";

  /// Includes crash recovery of the log that `max_wal_size` allows for.
  private static final Duration START_TIME_MAX = Duration.ofSeconds(60);

  private static final int LOG_LINES_SHOWN_MAX = 20;

  private final ServerSettings settings;
  private final DataDirectory directory;

  ServerLaunch(ServerSettings settings, DataDirectory directory) {
    this.settings = settings;
    this.directory = directory;
  }

  static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  EmbeddedPostgres run() throws IOException {
    refuseTakenPort();
    // A start that failed in this JVM leaves the library's own lock on this file taken.
    Files.deleteIfExists(directory.cluster().resolve("epg-lock"));
    try {
      var server = new Binaries(settings.binariesDirectory()).start(builder());
      refuseStranger(server.getPort());
      return server;
    } catch (IOException | RuntimeException | ExceptionInInitializerError failure) {
      throw new IllegalStateException(
          "PostgreSQL did not start on " + directory.path() + "; its log ends with" + endOfLog(),
          failure);
    }
  }

  private EmbeddedPostgres.Builder builder() throws IOException {
    var log = Redirect.appendTo(directory.log().toFile());
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.cluster())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPort(settings.port())
            .setPGStartupWait(START_TIME_MAX)
            .setOutputRedirector(log)
            .setErrorRedirector(log)
            .setDataDirectoryCustomizer(_ -> keep())
            // All three become options of initdb; this --auth comes after the library's -A trust.
            .setLocaleConfig("locale", "C.UTF-8")
            .setLocaleConfig("auth", "scram-sha-256")
            .setLocaleConfig("pwfile", directory.passwordFile().toString())
            .setConnectConfig("password", directory.password());
    // The library passes -F, which turns fsync off; a later -c wins over it.
    settings.all().forEach((name, value) -> builder.setServerConfig(name, quoted(value)));
    return builder;
  }

  // Called between initdb and the start of the server.
  private void keep() {
    try {
      directory.keep();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  // pg_ctl hands the settings to a shell.
  private static String quoted(String value) {
    return OwnerOnly.isPosix() ? "'" + value.replace("'", "'\\''") + "'" : value;
  }

  // The server would only say so in its log, and the library wait in vain.
  private void refuseTakenPort() {
    try {
      new ServerSocket(settings.port(), 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException taken) {
      throw new IllegalStateException(
          "port " + settings.port() + " for " + directory.path() + " is taken", taken);
    }
  }

  // Another server may have been quicker to take the port.
  private void refuseStranger(int port) throws IOException {
    var url = jdbcUrl(port, "postgres");
    try (var connection = DriverManager.getConnection(url, SUPERUSER, directory.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW data_directory")) {
      rows.next();
      if (!Path.of(rows.getString(1)).equals(directory.cluster())) {
        throw new IllegalStateException("on port " + port + " runs another PostgreSQL");
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("no answer on port " + port, failure);
    }
  }

  private String endOfLog() throws IOException {
    if (!Files.exists(directory.log())) {
      return " nothing";
    }
    var lines = Files.readAllLines(directory.log());
    var shown = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN_MAX), lines.size());
    return "\n" + String.join("\n", shown);
  }
}
