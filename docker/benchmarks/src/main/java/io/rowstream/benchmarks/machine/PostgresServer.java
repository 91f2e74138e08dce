package io.rowstream.benchmarks.machine;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The one PostgreSQL server all candidates of a run write to, each into a database of its own.
///
/// Either the server named by `--postgres=jdbc:postgresql://…/postgres?user=…` (a superuser, its
/// settings are left alone and printed) or one started for the run that is as durable as a real
/// one.
public final class PostgresServer implements AutoCloseable {
  private static final Pattern DATABASE_IN_URL =
      Pattern.compile("^(jdbc:postgresql://[^/]+/)([^?]*)(.*)$");
  private static final Pattern BENCHMARK_DATABASE = Pattern.compile("rowstream_bench_[a-z0-9_]+");

  private final String adminUrl;
  private final @Nullable EmbeddedPostgres embedded;
  private boolean flushDelayed;

  private PostgresServer(String adminUrl, @Nullable EmbeddedPostgres embedded) {
    this.adminUrl = adminUrl;
    this.embedded = embedded;
  }

  public static PostgresServer open(Options options) throws IOException, SQLException {
    var given = options.text("postgres");
    var server = given.isPresent() ? new PostgresServer(given.get(), null) : startEmbedded();
    int flushDelayMicros = options.number("flush-delay-us", 0);
    if (flushDelayMicros > 0) {
      server.delayFlushes(flushDelayMicros);
    }
    return server;
  }

  private static PostgresServer startEmbedded() throws IOException {
    // zonky starts PostgreSQL with fsync off; settings given here come later and win.
    var postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("shared_buffers", "1GB")
            .setServerConfig("max_connections", "200")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setLocaleConfig("locale", "C.UTF-8")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
    return new PostgresServer(postgres.getJdbcUrl("postgres", "postgres"), postgres);
  }

  /// Makes a new empty database of this name, which must begin with `rowstream_bench_`, and drops
  /// the one an earlier run left.
  public String freshDatabase(String name) throws SQLException {
    if (!BENCHMARK_DATABASE.matcher(name).matches()) {
      throw new IllegalArgumentException("not a benchmark database: " + name);
    }
    execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    execute("CREATE DATABASE " + name);
    return urlOf(name);
  }

  private String urlOf(String database) {
    var parts = DATABASE_IN_URL.matcher(adminUrl);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "expected jdbc:postgresql://host:port/database, found " + adminUrl);
    }
    return parts.group(1) + database + parts.group(3);
  }

  /// Makes an index in a database of this server and has it gather statistics.
  public void index(String databaseUrl, String createIndex) throws SQLException {
    try (var connection = DriverManager.getConnection(databaseUrl);
        var statement = connection.createStatement()) {
      statement.execute(createIndex);
      statement.execute("VACUUM ANALYZE");
    }
  }

  /// Lets every round begin just after a checkpoint, so that none pays for the writes of another.
  public void checkpoint() throws SQLException {
    execute("CHECKPOINT");
  }

  private void delayFlushes(int micros) throws SQLException {
    if (!setting("fsync").equals("on")) {
      throw new IllegalStateException("--flush-delay-us needs fsync=on");
    }
    execute("ALTER SYSTEM SET commit_delay = " + micros);
    flushDelayed = true;
    execute("ALTER SYSTEM SET commit_siblings = 0");
    execute("SELECT pg_reload_conf()");
    for (int tries = 0; !setting("commit_delay").equals(Integer.toString(micros)); tries++) {
      if (tries == 100) {
        throw new IllegalStateException("commit_delay is still " + setting("commit_delay"));
      }
      pause();
    }
  }

  /// The server's version and the settings that decide what a commit costs.
  public String describe() throws SQLException {
    var text = new StringBuilder(setting("server_version"));
    for (String name :
        new String[] {
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "shared_buffers",
          "commit_delay",
          "commit_siblings"
        }) {
      text.append(", ").append(name).append('=').append(setting(name));
    }
    return text.toString();
  }

  private String setting(String name) throws SQLException {
    try (var connection = connect();
        var statement = connection.prepareStatement("SELECT current_setting(?)")) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(adminUrl);
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    try {
      if (flushDelayed) {
        execute("ALTER SYSTEM RESET commit_delay");
        execute("ALTER SYSTEM RESET commit_siblings");
        execute("SELECT pg_reload_conf()");
      }
    } finally {
      if (embedded != null) {
        embedded.close();
      }
    }
  }
}
