package io.rowstream.standalone.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The directory in which all instances of a user share the unpacked server.
final class Binaries {
  private static final String LOCK = "rowstream.lock";

  // Locks on files hold between JVMs, not between the threads of one.
  private static final ReentrantLock ONE_START_PER_JVM = new ReentrantLock();

  private final Path directory;

  Binaries(Path directory) {
    this.directory = directory;
  }

  /// Starts a server from here while nobody else unpacks.
  ///
  /// The library leaves what it finds unpacked as it is, even a file that was cut short when a JVM
  /// was killed; so a directory without its mark of completion is removed first.
  EmbeddedPostgres start(EmbeddedPostgres.Builder server) throws IOException {
    OwnerOnly.createDirectories(directory);
    ONE_START_PER_JVM.lock();
    try (var channel = FileChannel.open(directory.resolve(LOCK), CREATE, WRITE)) {
      channel.lock();
      for (var unfinished : unfinished()) {
        DirectoryTree.delete(unfinished);
      }
      return server.setOverrideWorkingDirectory(directory.toFile()).start();
    } finally {
      ONE_START_PER_JVM.unlock();
    }
  }

  private List<Path> unfinished() throws IOException {
    try (var unpacked = Files.newDirectoryStream(directory, "PG-*")) {
      var unfinished = new ArrayList<Path>();
      for (var each : unpacked) {
        if (!Files.exists(each.resolve(".exists"))) {
          unfinished.add(each);
        }
      }
      return unfinished;
    }
  }
}
