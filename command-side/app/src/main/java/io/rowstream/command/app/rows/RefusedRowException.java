package io.rowstream.command.app.rows;

import io.rowstream.odata.ErrorCode;
import org.jspecify.annotations.Nullable;

/// A row cannot be imported. Expected, therefore without a stack trace. It repeats no cell: what
/// stands there may be somebody's.
final class RefusedRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String column;
  private final ErrorCode code;
  private final String reason;

  /// @param column its name in the file; null when it is about the row
  RefusedRowException(@Nullable String column, ErrorCode code, String reason) {
    super(reason, null, false, false);
    this.column = column;
    this.code = code;
    this.reason = reason;
  }

  RefusedRowException(@Nullable String column, String reason) {
    this(column, ErrorCode.BAD_PAYLOAD, reason);
  }

  @Nullable String column() {
    return column;
  }

  ErrorCode code() {
    return code;
  }

  String reason() {
    return reason;
  }
}
