package io.rowstream.standalone.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The exclusive right to a data directory; the operating system ends it with the JVM.
final class DirectoryLock implements AutoCloseable {

  // Closing any channel on a file gives up this JVM's lock on it, so a second attempt of the same
  // JVM must not even open the file.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Takes the lock, or returns null if another instance has it.
  static @Nullable DirectoryLock tryOn(Path file) throws IOException {
    if (!HELD.add(file)) {
      return null;
    }
    @Nullable FileChannel channel = null;
    var locked = false;
    try {
      channel = FileChannel.open(file, CREATE, WRITE);
      locked = channel.tryLock() != null;
      return locked ? new DirectoryLock(file, channel) : null;
    } finally {
      if (!locked) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(file);
  }
}
