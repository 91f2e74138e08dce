package io.rowstream.benchmarks.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a JVM holds after a full collection, seen from outside.
///
/// @param heapBytes used heap, by `jcmd GC.heap_info`
/// @param residentBytes memory of the process that is in RAM, by `/proc/<pid>/status`
public record JvmMemory(long heapBytes, long residentBytes) {
  private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)([KMG])");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  /// Collects garbage in that JVM, twice because the first run only queues what cleaners free.
  public static JvmMemory afterCollection(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    jcmd(pid, "GC.run");
    String heap = jcmd(pid, "GC.heap_info");
    String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
    return new JvmMemory(
        usedHeap(heap).orElseThrow(() -> new IOException("no used heap in: " + heap)),
        resident(status).orElseThrow(() -> new IOException("no VmRSS in: " + status)));
  }

  /// The first line that says `used` is that of the heap; metaspace comes after it.
  static Optional<Long> usedHeap(String heapInfo) {
    return HEAP_USED
        .matcher(heapInfo)
        .results()
        .findFirst()
        .map(used -> Long.parseLong(used.group(1)) << shift(used.group(2)));
  }

  static Optional<Long> resident(String status) {
    return RESIDENT
        .matcher(status)
        .results()
        .findFirst()
        .map(kibibytes -> Long.parseLong(kibibytes.group(1)) << 10);
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "K" -> 10;
      case "M" -> 20;
      case "G" -> 30;
      default -> throw new IllegalArgumentException("unknown unit " + unit);
    };
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd " + pid + " " + command + ": " + output);
    }
    return output;
  }
}
