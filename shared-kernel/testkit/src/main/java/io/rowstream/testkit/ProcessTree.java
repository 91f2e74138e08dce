package io.rowstream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A process and everything it has started.
final class ProcessTree {
  private static final Duration DEATH_TIME_MAX = Duration.ofSeconds(10);

  private ProcessTree() {}

  /// Ends the whole tree with SIGKILL and returns when every process in it is gone.
  static void kill9(long root) {
    // A stopped root starts no more children while its present ones are counted.
    signal("STOP", root);
    var parent = ProcessHandle.of(root).orElseThrow();
    var tree = Stream.concat(Stream.of(parent), parent.descendants()).toList();
    tree.forEach(ProcessHandle::destroyForcibly);
    Awaitility.await("death of " + tree)
        .atMost(DEATH_TIME_MAX)
        .until(() -> tree.stream().noneMatch(ProcessTree::runs));
  }

  // A zombie that nobody reaps still counts as alive but has no command line any more.
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().isPresent();
  }

  private static void signal(String name, long process) {
    var command = List.of("sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(process));
    try {
      var kill = new ProcessBuilder(command).inheritIO().start();
      if (!kill.waitFor(DEATH_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)
          || kill.exitValue() != 0) {
        throw new IllegalStateException("not sent: " + command);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("not sent: " + command, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("not waited for: " + command, interrupted);
    }
  }
}
