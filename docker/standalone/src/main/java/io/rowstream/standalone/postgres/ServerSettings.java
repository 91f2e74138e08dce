package io.rowstream.standalone.postgres;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// How the PostgreSQL of a standalone instance is set up.
///
/// @param dataDirectory where this instance keeps everything; created if missing
/// @param port the loopback port; 0 takes a free one at each start
/// @param binariesDirectory where all instances of a user share the unpacked server
/// @param parameters configuration parameters of PostgreSQL by name, added to those for a
///   development machine
public record ServerSettings(
    Path dataDirectory, int port, Path binariesDirectory, Map<String, String> parameters) {

  /// Without these an acknowledged event could be lost, or the server be reached from outside.
  private static final Map<String, String> GUARANTEES =
      Map.of(
          "fsync", "on",
          "synchronous_commit", "on",
          "full_page_writes", "on",
          "listen_addresses", "127.0.0.1",
          "unix_socket_directories", "");

  private static final Map<String, String> DEVELOPMENT_MACHINE =
      Map.of("shared_buffers", "256MB", "max_connections", "100", "max_wal_size", "1GB");

  private static final Set<String> KNOWN_OTHERWISE = Set.of("port", "data_directory");

  public ServerSettings {
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    binariesDirectory = binariesDirectory.toAbsolutePath().normalize();
    parameters = Map.copyOf(parameters);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is to be 0 to 65535, not " + port);
    }
    refuseOverlap(dataDirectory, binariesDirectory);
    refuseOverlap(dataDirectory, librarysWorkingDirectory());
    parameters.keySet().forEach(ServerSettings::refuseUnchangeable);
  }

  /// The usual settings for an instance that keeps its data in `dataDirectory`.
  public static ServerSettings in(Path dataDirectory) {
    return new ServerSettings(dataDirectory, 0, defaultBinariesDirectory(), Map.of());
  }

  /// Where an instance keeps its data unless told otherwise.
  public static Path defaultDataDirectory() {
    return Path.of(System.getProperty("user.home"), ".rowstream", "data");
  }

  /// The same settings on a fixed port.
  public ServerSettings withPort(int fixedPort) {
    return new ServerSettings(dataDirectory, fixedPort, binariesDirectory, parameters);
  }

  /// The same settings with the server unpacked elsewhere.
  public ServerSettings withBinariesDirectory(Path directory) {
    return new ServerSettings(dataDirectory, port, directory, parameters);
  }

  /// The same settings with these parameters in place of the former ones.
  public ServerSettings withParameters(Map<String, String> others) {
    return new ServerSettings(dataDirectory, port, binariesDirectory, others);
  }

  /// Everything the server is started with.
  Map<String, String> all() {
    var all = new TreeMap<>(DEVELOPMENT_MACHINE);
    all.putAll(parameters);
    all.putAll(GUARANTEES);
    return all;
  }

  private static Path defaultBinariesDirectory() {
    return Path.of(System.getProperty("user.home"), ".cache", "rowstream", "postgres");
  }

  // The library deletes what it takes for left-overs of tests below this directory.
  private static Path librarysWorkingDirectory() {
    var usual = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");
    return Path.of(System.getProperty("ot.epg.working-dir", usual.toString()))
        .toAbsolutePath()
        .normalize();
  }

  private static void refuseUnchangeable(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.]*")) {
      throw new IllegalArgumentException("not the name of a PostgreSQL parameter: " + name);
    }
    var known = name.toLowerCase(Locale.ROOT);
    if (GUARANTEES.containsKey(known) || KNOWN_OTHERWISE.contains(known)) {
      throw new IllegalArgumentException(
          "the PostgreSQL parameter " + name + " is not to be changed");
    }
  }

  private static void refuseOverlap(Path dataDirectory, Path other) {
    if (dataDirectory.startsWith(other) || other.startsWith(dataDirectory)) {
      throw new IllegalArgumentException(
          "the data directory " + dataDirectory + " is to lie apart from " + other);
    }
  }
}
