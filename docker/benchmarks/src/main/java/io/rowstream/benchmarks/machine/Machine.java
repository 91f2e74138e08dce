package io.rowstream.benchmarks.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/// The line that says where and when figures were taken. Figures without it mean nothing.
public final class Machine {
  private Machine() {}

  public static String describe(String postgresVersion) {
    return String.format(
        Locale.ROOT,
        "%s · %d cores (%s) · %d GiB RAM · %s %s · JDK %s · PostgreSQL %s · load average at start %.1f",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        field("/proc/cpuinfo", "model name", "unknown processor"),
        memoryGibibytes(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        Runtime.version(),
        postgresVersion,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static long memoryGibibytes() {
    String kibibytes = field("/proc/meminfo", "MemTotal", "0 kB").split(" ", 2)[0];
    return Math.round(Long.parseLong(kibibytes) / (1024.0 * 1024.0));
  }

  /// The value after `name:` in a file of `/proc`, or `otherwise` where there is no such file.
  static String field(String file, String name, String otherwise) {
    try {
      for (String line : Files.readAllLines(Path.of(file))) {
        int colon = line.indexOf(':');
        if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
          return line.substring(colon + 1).strip();
        }
      }
      return otherwise;
    } catch (IOException notLinux) {
      return otherwise;
    }
  }
}
