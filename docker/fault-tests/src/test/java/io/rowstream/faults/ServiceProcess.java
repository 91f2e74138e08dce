package io.rowstream.faults;

import io.rowstream.standalone.RowstreamApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/// The service in a JVM of its own, so that it can be killed.
final class ServiceProcess implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(90);

  private final Process process;
  private final int port;

  private ServiceProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts it and waits until it is healthy.
  static ServiceProcess start(Path output, String... arguments) {
    int port = freePort();
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                RowstreamApplication.class.getName(),
                "--server.port=" + port));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
      var service = new ServiceProcess(process, port);
      service.awaitHealthy();
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitHealthy() {
    try (var http = HttpClient.newHttpClient()) {
      Awaitility.await("the service to be healthy")
          .atMost(START_MAX)
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptions()
          .until(() -> {
            var request = HttpRequest.newBuilder(uri("/actuator/health")).build();
            return http.send(request, BodyHandlers.ofString()).statusCode() == 200;
          });
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  void kill9() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill9();
  }
}
