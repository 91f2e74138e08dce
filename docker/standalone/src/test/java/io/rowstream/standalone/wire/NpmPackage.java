package io.rowstream.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// A package as the npm registry serves it, kept beside the tests.
///
/// @param integrity what the registry says about it
record NpmPackage(String name, String version, String integrity) {

  /// Lays the package where Node looks for it.
  void install(Path nodeModules) throws IOException {
    byte[] archive = archive();
    assertThat(sha512(archive)).as("integrity of " + name).isEqualTo(integrity);
    try (var files =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
      for (var file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
        Path target = nodeModules.resolve(name).resolve(file.getName().replace("package/", ""));
        Files.createDirectories(target.getParent());
        Files.write(target, files.readAllBytes());
      }
    }
  }

  private byte[] archive() throws IOException {
    String file = name + "-" + version + ".tgz";
    try (var archive = NpmPackage.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(archive, file).readAllBytes();
    }
  }

  private static String sha512(byte[] octets) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(octets);
      return "sha512-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
