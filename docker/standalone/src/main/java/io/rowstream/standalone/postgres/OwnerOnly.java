package io.rowstream.standalone.postgres;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files and directories that other users of the machine cannot read, where it knows POSIX
/// permissions.
final class OwnerOnly {
  private OwnerOnly() {}

  static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, only("rwx------"));
  }

  /// Writes a new file that holds one line.
  static void writeSecret(Path file, String secret) throws IOException {
    try (var channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), only("rw-------"))) {
      var line = ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.US_ASCII));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] only(String permissions) {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
