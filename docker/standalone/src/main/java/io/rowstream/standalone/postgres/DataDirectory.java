package io.rowstream.standalone.postgres;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The directory of one standalone instance.
///
/// A marker says how far it has come. `rowstream.initialising` is written into the empty directory
/// before anything else, and renamed to `rowstream.initialised` when `initdb` has finished; no
/// server runs before that. So a directory with the first marker holds nothing of value, and one
/// with neither is not ours.
final class DataDirectory {
  private static final String LOCK = "rowstream.lock";
  private static final String INITIALISING = "rowstream.initialising";
  private static final String INITIALISED = "rowstream.initialised";
  private static final String PASSWORD = "postgres.password";
  private static final String CLUSTER = "postgres";
  private static final String LOG = "postgres.log";
  private static final String PREVIOUS_LOG = "postgres.previous.log";

  private static final Set<String> OURS =
      Set.of(LOCK, INITIALISING, INITIALISED, PASSWORD, CLUSTER, LOG, PREVIOUS_LOG);

  /// What an empty volume or a file browser brings along.
  private static final Set<String> OF_NO_MEANING = Set.of("lost+found", ".DS_Store");

  private static final Set<String> INITDB_FILES =
      Set.of(
          "PG_VERSION",
          "base",
          "global",
          "postgresql.conf",
          "postgresql.auto.conf",
          "postmaster.pid",
          "epg-lock");

  private static final String POSTGRES_VERSION = "18";

  private final Path path;

  private DataDirectory(Path path) {
    this.path = path;
  }

  /// Finds or creates the directory; one with contents that are not ours is refused untouched.
  static DataDirectory at(Path path) throws IOException {
    var ours = Files.exists(path.resolve(LOCK)) || Files.exists(path.resolve(INITIALISED));
    if (Files.exists(path) && !ours) {
      if (!Files.isDirectory(path)) {
        throw new IllegalStateException("not a directory: " + path);
      }
      refuseStrangers(path, _ -> false);
    }
    OwnerOnly.createDirectories(path);
    return new DataDirectory(path.toRealPath());
  }

  Path path() {
    return path;
  }

  Path cluster() {
    return path.resolve(CLUSTER);
  }

  Path log() {
    return path.resolve(LOG);
  }

  Path passwordFile() {
    return path.resolve(PASSWORD);
  }

  DirectoryLock lock() throws IOException {
    var lock = DirectoryLock.tryOn(path.resolve(LOCK));
    if (lock == null) {
      throw new IllegalStateException(
          "the data directory " + path + " is in use by another running instance");
    }
    return lock;
  }

  /// Makes the directory fit for a start: data of ours, or nothing but a new password.
  void prepare() throws IOException {
    if (Files.exists(path.resolve(INITIALISED))) {
      refuseDamage();
    } else {
      refuseAllButHalfInitialised();
      DirectoryTree.delete(cluster());
      Files.deleteIfExists(passwordFile());
      Files.write(path.resolve(INITIALISING), List.of());
      DirectoryTree.sync(path);
      OwnerOnly.writeSecret(passwordFile(), Password.generate());
    }
    if (Files.exists(log())) {
      Files.move(log(), path.resolve(PREVIOUS_LOG), REPLACE_EXISTING);
    }
  }

  /// Notes that `initdb` has finished, so that what is here counts as data from now on.
  void keep() throws IOException {
    if (Files.exists(path.resolve(INITIALISING))) {
      // On disk before the first commit can be: after a power failure the data must not look half
      // done.
      DirectoryTree.sync(path);
      Files.move(path.resolve(INITIALISING), path.resolve(INITIALISED), ATOMIC_MOVE);
      DirectoryTree.sync(path);
    }
  }

  String password() throws IOException {
    return Files.readString(passwordFile()).strip();
  }

  private void refuseDamage() throws IOException {
    var version = cluster().resolve("PG_VERSION");
    for (var file : List.of(version, passwordFile())) {
      if (!Files.exists(file)) {
        throw new IllegalStateException(
            file + " is missing; restore it, or move " + path + " away to start afresh");
      }
    }
    var found = Files.readString(version).strip();
    if (!found.equals(POSTGRES_VERSION)) {
      throw new IllegalStateException(
          path + " holds data of PostgreSQL " + found + ", this is " + POSTGRES_VERSION);
    }
  }

  private void refuseAllButHalfInitialised() throws IOException {
    var begun = Files.exists(path.resolve(INITIALISING));
    refuseStrangers(path, begun ? OURS::contains : LOCK::equals);
    if (Files.exists(cluster())) {
      refuseStrangers(cluster(), name -> name.startsWith("pg_") || INITDB_FILES.contains(name));
    }
  }

  private static void refuseStrangers(Path directory, Predicate<String> isOurs) throws IOException {
    try (var entries = Files.list(directory)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !isOurs.test(name) && !OF_NO_MEANING.contains(name))
          .sorted()
          .findFirst()
          .ifPresent(name -> {
            throw new IllegalStateException(
                "not a data directory of Rowstream: "
                    + directory
                    + " holds "
                    + name
                    + "; nothing in it was changed");
          });
    }
  }
}
