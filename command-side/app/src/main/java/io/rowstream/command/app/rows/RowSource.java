package io.rowstream.command.app.rows;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The rows of a file, one after the other. Not thread-safe.
public interface RowSource {

  /// @return null at the end of the file
  /// @throws IOException if the file breaks off
  @Nullable Row next() throws IOException;
}
