package io.rowstream.standalone.postgres;

import java.io.IOException;
import java.nio.file.Path;

/// The main class of a JVM that serves one data directory until its standard input ends.
final class ServingJvm {
  private ServingJvm() {}

  public static void main(String[] arguments) throws IOException {
    var settings =
        ServerSettings.in(Path.of(arguments[0])).withBinariesDirectory(Path.of(arguments[1]));
    try (var postgres = StandalonePostgres.start(settings)) {
      System.out.println("ready " + postgres.port() + " " + postgres.password());
      while (System.in.read() >= 0) {
        // Nothing is said to this JVM but goodbye.
      }
    }
  }
}
