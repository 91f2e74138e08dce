package io.rowstream.standalone.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipInputStream;

/// A PostgreSQL that is older than the one that comes with the service.
final class OlderPostgres {
  private static final Duration START_TIME_MAX = Duration.ofSeconds(60);

  private OlderPostgres() {}

  /// @param version of those the build has fetched
  static EmbeddedPostgres start(int version, Path data) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setPgBinaryResolver(binaries(version))
        .setLocaleConfig("locale", "C.UTF-8")
        .setServerConfig("fsync", "on")
        .setServerConfig("unix_socket_directories", "")
        .setPGStartupWait(START_TIME_MAX)
        .start();
  }

  private static PgBinaryResolver binaries(int version) {
    return (_, _) -> {
      var jar = Path.of("target", "older-postgresql", version + ".jar");
      return archiveIn(new ZipInputStream(Files.newInputStream(jar)));
    };
  }

  private static InputStream archiveIn(ZipInputStream jar) throws IOException {
    for (var entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
      if (entry.getName().endsWith(".txz")) {
        return jar;
      }
    }
    throw new IOException("no binaries in it");
  }
}
