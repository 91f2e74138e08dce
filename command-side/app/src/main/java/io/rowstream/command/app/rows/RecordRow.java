package io.rowstream.command.app.rows;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.odata.ErrorCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one row of a file says about a record.
public sealed interface RecordRow {

  /// Where the row begins in the file, from 1.
  long line();

  /// @param values by attribute name; [Value.Empty] where the attribute is to be cleared
  /// @param size about what the row takes in memory, in characters
  record Read(long line, RecordRef record, Map<String, Value> values, int size)
      implements RecordRow {
    public Read {
      values = Map.copyOf(values);
    }
  }

  /// A row that cannot be imported.
  ///
  /// @param column its name in the file; null when it is about the row
  /// @param reason without what stands in the cell
  record Refused(long line, @Nullable String column, ErrorCode code, String reason)
      implements RecordRow {}
}
