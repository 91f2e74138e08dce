package io.rowstream.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How many files and sockets a process may have open. (A JVM raises its soft limit to the hard
/// one.)
public final class FileLimit {
  /// What a JVM has open besides the connections that are counted.
  private static final int OTHER_FILES = 500;

  private FileLimit() {}

  /// Stops the run before it fails half-way.
  public static void require(long pid, String process, int connections) {
    long allowed = of(pid);
    if (allowed < connections + OTHER_FILES) {
      throw new IllegalStateException(
          ("%s may open %d files, %d connections need %d:"
                  + " raise the limit (ulimit -n) in the shell that starts this program")
              .formatted(process, allowed, connections, connections + OTHER_FILES));
    }
  }

  private static long of(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "limits"))) {
        if (line.startsWith("Max open files")) {
          String soft = line.substring("Max open files".length()).strip().split("\\s+", 2)[0];
          return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
        }
      }
      return Long.MAX_VALUE;
    } catch (IOException notLinux) {
      return Long.MAX_VALUE;
    }
  }
}
