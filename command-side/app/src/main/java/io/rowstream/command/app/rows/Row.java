package io.rowstream.command.app.rows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of a file.
public sealed interface Row {

  /// Where it begins in the file, from 1.
  long line();

  /// A row that could be read.
  ///
  /// @param names of its columns, as they stand in the file
  /// @param cells what stands in them; null where nothing does
  record Cells(long line, List<String> names, List<@Nullable String> cells) implements Row {

    /// About what it takes in memory, in characters.
    public int size() {
      int size = 0;
      for (String cell : cells) {
        size += cell == null ? 0 : cell.length();
      }
      return size;
    }
  }

  /// A row that is not what the format demands.
  record Malformed(long line, String reason) implements Row {}
}
