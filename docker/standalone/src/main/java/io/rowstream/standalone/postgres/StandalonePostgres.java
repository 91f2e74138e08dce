package io.rowstream.standalone.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// The PostgreSQL of one standalone instance, with data that outlive it.
///
/// Committed data survive the death of the JVM and of the server at any moment. While it runs, its
/// directory belongs to it alone; a server that a killed JVM left behind is stopped by its
/// watchdog, or else by the next start. It listens on the loopback interface only and asks for a
/// password that only the owner of the directory can read.
public final class StandalonePostgres implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final String password;
  private final ClusterProcesses processes;
  private final Watchdog watchdog;
  private final DirectoryLock lock;
  private boolean closed;

  private StandalonePostgres(
      EmbeddedPostgres server,
      String password,
      ClusterProcesses processes,
      Watchdog watchdog,
      DirectoryLock lock) {
    this.server = server;
    this.password = password;
    this.processes = processes;
    this.watchdog = watchdog;
    this.lock = lock;
  }

  /// Starts on a free port with the usual settings.
  public static StandalonePostgres start(Path dataDirectory) {
    return start(ServerSettings.in(dataDirectory));
  }

  /// Starts, or fails with an [IllegalStateException] that names the directory and the reason and
  /// leaves no server behind.
  public static StandalonePostgres start(ServerSettings settings) {
    try {
      var directory = DataDirectory.at(settings.dataDirectory());
      var lock = directory.lock();
      var processes = new ClusterProcesses(directory.cluster());
      try {
        processes.stop();
        directory.prepare();
        var server = new ServerLaunch(settings, directory).run();
        var watchdog = Watchdog.over(processes);
        return new StandalonePostgres(server, directory.password(), processes, watchdog, lock);
      } catch (IOException | RuntimeException | Error failure) {
        try (lock) {
          processes.stop();
        } catch (IOException | RuntimeException second) {
          failure.addSuppressed(second);
        }
        throw failure;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "PostgreSQL not started on " + settings.dataDirectory(), failure);
    }
  }

  /// The loopback port of this start.
  public int port() {
    return server.getPort();
  }

  /// The address of the database that is always there.
  public String jdbcUrl() {
    return jdbcUrl("postgres");
  }

  /// The address of a database, without user and password.
  public String jdbcUrl(String database) {
    return ServerLaunch.jdbcUrl(port(), database);
  }

  /// The superuser.
  public String user() {
    return ServerLaunch.SUPERUSER;
  }

  /// The superuser's password, the same for the life of the directory.
  public String password() {
    return password;
  }

  /// Stops the server cleanly and gives the directory back; a second call does nothing.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock;
        watchdog) {
      if (OwnerOnly.isPosix()) {
        processes.stop();
      } else {
        server.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("PostgreSQL not stopped", failure);
    }
  }
}
