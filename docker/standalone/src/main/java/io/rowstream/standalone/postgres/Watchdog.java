package io.rowstream.standalone.postgres;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A shell that stops PostgreSQL when this JVM is gone, however it ended.
///
/// It waits for the end of its standard input, a pipe only this JVM writes to, and then stops the
/// server it was given, if that is still the one at work in the directory.
final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  private static final String SCRIPT =
      """
      trap '' INT TERM HUP QUIT
      while read -r ignored; do :; done
      read -r now < "$1" && [ "$now" = "$2" ] && kill -s INT "$2"
      """;

  private static final long DEATH_SECONDS_MAX = 5;

  private final @Nullable Process shell;

  private Watchdog(@Nullable Process shell) {
    this.shell = shell;
  }

  /// Watches over the server that now runs on the cluster.
  static Watchdog over(ClusterProcesses processes) throws IOException {
    if (!OwnerOnly.isPosix()) {
      LOG.warn("no watchdog on Windows: PostgreSQL goes on when this process is killed");
      return new Watchdog(null);
    }
    var pidFile = processes.pidFile().toString();
    var postmaster = Long.toString(processes.postmaster());
    return new Watchdog(
        new ProcessBuilder("sh", "-c", SCRIPT, "rowstream-watchdog", pidFile, postmaster)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /// Ends the watch without stopping anything.
  @Override
  public void close() {
    if (shell != null) {
      try {
        if (!shell.destroyForcibly().waitFor(DEATH_SECONDS_MAX, TimeUnit.SECONDS)) {
          LOG.warn("watchdog does not end, process={}", shell.pid());
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
