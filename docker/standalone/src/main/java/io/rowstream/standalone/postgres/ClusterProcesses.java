package io.rowstream.standalone.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The processes of PostgreSQL that work on one cluster directory, whoever started them.
///
/// They are recognised by the directory they were started with or work in, never by
/// `postmaster.pid` alone: the process it names may be gone and its number taken by another. Linux
/// tells both; macOS tells the first; Windows tells neither.
final class ClusterProcesses {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterProcesses.class);

  private static final Set<String> PROGRAMS = Set.of("postgres", "postgres:", "pg_ctl", "initdb");

  /// Enough for the checkpoint of a clean stop.
  private static final Duration CLEAN_STOP_TIME_MAX = Duration.ofSeconds(30);

  /// PostgreSQL itself kills what has not obeyed after 5 seconds.
  private static final Duration IMMEDIATE_STOP_TIME_MAX = Duration.ofSeconds(10);

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);

  private final Path cluster;

  ClusterProcesses(Path cluster) {
    this.cluster = cluster;
  }

  /// Stops all of them, cleanly if they let themselves, and returns when none is left.
  void stop() throws IOException {
    if (!OwnerOnly.isPosix()) {
      refuseRunningOnWindows();
      return;
    }
    if (!signalUntilGone("INT", CLEAN_STOP_TIME_MAX)) {
      LOG.warn("PostgreSQL did not stop cleanly in time, directory={}", cluster);
      if (!signalUntilGone("QUIT", IMMEDIATE_STOP_TIME_MAX)) {
        throw new IllegalStateException(
            "PostgreSQL processes "
                + running()
                + " on "
                + cluster
                + " do not stop; end them by hand");
      }
    }
    // Nothing works here any more, so a process this names is a stranger or a zombie.
    Files.deleteIfExists(pidFile());
  }

  List<ProcessHandle> running() {
    return ProcessHandle.allProcesses().filter(this::worksHere).toList();
  }

  Path pidFile() {
    return cluster.resolve("postmaster.pid");
  }

  /// The process a running server has noted in its directory.
  long postmaster() throws IOException {
    return Long.parseLong(Files.readAllLines(pidFile()).getFirst().strip());
  }

  private boolean signalUntilGone(String signal, Duration timeMax) throws IOException {
    var deadline = System.nanoTime() + timeMax.toNanos();
    var signalled = new HashSet<ProcessHandle>();
    for (var left = running(); !left.isEmpty(); left = running()) {
      for (var root : roots(left)) {
        // A child that has lost its parent, or a server just started, shows up only now.
        if (signalled.add(root)) {
          LOG.info("stopping PostgreSQL, process={}, directory={}", root.pid(), cluster);
          signal(signal, root);
        }
      }
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      awaitExits(left);
    }
    return true;
  }

  private static List<ProcessHandle> roots(List<ProcessHandle> processes) {
    return processes.stream()
        .filter(each -> each.parent().filter(processes::contains).isEmpty())
        .toList();
  }

  private static void signal(String name, ProcessHandle process) throws IOException {
    // The shell's own kill: small container images have no other.
    new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(process.pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  // Looks again after a while: where nobody reaps zombies, an exit is never reported.
  private static void awaitExits(List<ProcessHandle> processes) {
    var exits = processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(exits).get(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException notYet) {
      // The caller looks who is left.
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL was stopping", interrupted);
    }
  }

  private boolean worksHere(ProcessHandle process) {
    var words = words(process);
    if (words.isEmpty() || !PROGRAMS.contains(program(words.getFirst()))) {
      return false;
    }
    var option = words.indexOf("-D");
    return (option >= 0 && words.subList(option + 1, words.size()).indexOf(cluster.toString()) == 0)
        || worksIn(process);
  }

  // The children of a server rename themselves to "postgres: what they do".
  private static String program(String word) {
    var name = word.substring(word.lastIndexOf('/') + 1);
    return name.startsWith("postgres:") ? "postgres:" : name;
  }

  private boolean worksIn(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(proc(process, "cwd")).equals(cluster);
    } catch (IOException goneOrNoSuchSystem) {
      return false;
    }
  }

  private static List<String> words(ProcessHandle process) {
    try {
      var line = new String(Files.readAllBytes(proc(process, "cmdline")), UTF_8);
      return Arrays.asList(line.split("\0", -1));
    } catch (IOException goneOrNoSuchSystem) {
      var words = new ArrayList<String>();
      process.info().command().ifPresent(words::add);
      process.info().arguments().map(Arrays::asList).ifPresent(words::addAll);
      return words;
    }
  }

  private static Path proc(ProcessHandle process, String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  private void refuseRunningOnWindows() throws IOException {
    if (Files.exists(pidFile())) {
      var named = ProcessHandle.of(postmaster());
      if (named
          .flatMap(it -> it.info().command())
          .filter(it -> it.endsWith("postgres.exe"))
          .isPresent()) {
        throw new IllegalStateException(
            "PostgreSQL of an earlier run may still work on "
                + cluster
                + "; Windows does not tell, so end process "
                + postmaster()
                + " by hand and start again");
      }
    }
  }
}
