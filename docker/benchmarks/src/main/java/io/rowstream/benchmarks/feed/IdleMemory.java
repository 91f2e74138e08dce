package io.rowstream.benchmarks.feed;

import io.rowstream.benchmarks.report.MarkdownTable;
import io.rowstream.benchmarks.server.JvmMemory;
import io.rowstream.benchmarks.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntFunction;

/// What watchers cost a server that has nothing to tell them: the difference between the server
/// without them and with them, both after a full collection.
final class IdleMemory {
  private static final int FIRST_WATCHERS = 200;

  /// Longer than two bookmarks, so that whatever the first ones allocate is there.
  private static final Duration SETTLE = Duration.ofSeconds(12);

  private IdleMemory() {}

  static MarkdownTable table() {
    return new MarkdownTable(
        "idle watchers", "of", "memory", "before MB", "with them MB", "KB per watcher");
  }

  static void measure(
      ServerProcess server,
      String name,
      int watchers,
      Duration openMax,
      IntFunction<String> pathOfRecord,
      MarkdownTable table)
      throws IOException, InterruptedException {
    long pid = server.pid();
    int port = server.port();
    // Loads classes and fills pools, which are not the price of a watcher.
    hold(pid, port, FIRST_WATCHERS, openMax, pathOfRecord);
    JvmMemory without = JvmMemory.afterCollection(pid);
    JvmMemory with = hold(pid, port, watchers, openMax, pathOfRecord);
    row(table, watchers, name, "heap used", without.heapBytes(), with.heapBytes());
    row(table, watchers, name, "resident", without.residentBytes(), with.residentBytes());
  }

  private static JvmMemory hold(
      long pid, int port, int watchers, Duration openMax, IntFunction<String> pathOfRecord)
      throws IOException, InterruptedException {
    try (var held = new Watchers(port, watchers, true, pathOfRecord)) {
      held.awaitOpen(openMax);
      Thread.sleep(SETTLE);
      JvmMemory memory = JvmMemory.afterCollection(pid);
      if (held.lost() > 0) {
        throw new IllegalStateException(held.lost() + " idle watchers were lost");
      }
      return memory;
    }
  }

  private static void row(
      MarkdownTable table, int watchers, String name, String memory, long before, long after) {
    table.row(
        "%,d".formatted(watchers),
        name,
        memory,
        "%.1f".formatted(before / 1e6),
        "%.1f".formatted(after / 1e6),
        "%.1f".formatted((after - before) / 1e3 / watchers));
  }
}
