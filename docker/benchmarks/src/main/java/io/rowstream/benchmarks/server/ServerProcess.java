package io.rowstream.benchmarks.server;

import io.rowstream.benchmarks.http.BlockingConnection;
import io.rowstream.benchmarks.http.Dialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server that runs as a child process for as long as it is measured.
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofMinutes(2);
  private static final Duration STOP_MAX = Duration.ofSeconds(30);
  private static final int LOG_LINES_SHOWN = 40;

  private final Process process;
  private final int port;
  private final Path log;

  private ServerProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /// Starts the command and waits until it answers 2xx at `readyPath`.
  public static ServerProcess start(String name, List<String> command, int port, String readyPath)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("rowstream-benchmark-" + name + "-", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    // A run that is interrupted must not leave its servers behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    var server = new ServerProcess(process, port, log);
    try {
      server.awaitReady(name, readyPath);
      return server;
    } catch (RuntimeException | IOException | InterruptedException notReady) {
      server.close();
      throw notReady;
    }
  }

  private void awaitReady(String name, String readyPath) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (!ready(readyPath)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        List<String> lines = Files.readAllLines(log);
        throw new IllegalStateException(
            "%s %s. The end of %s:%n%s"
                .formatted(
                    name,
                    process.isAlive() ? "is not ready after " + START_MAX : "ended",
                    log,
                    String.join(
                        "\n",
                        lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()))));
      }
      Thread.sleep(200);
    }
  }

  private boolean ready(String readyPath) {
    try (var connection = new BlockingConnection(port)) {
      return connection.send(Dialect.get(readyPath)).status() / 100 == 2;
    } catch (IOException notYet) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /// A port nobody listens on now.
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
