package io.rowstream.query.push;

/// Why a watch cannot go on where the client was. The client's state is worth nothing any more.
enum ResetReason {
  /// The log is another history than the cursor's.
  EPOCH("epoch"),
  /// The cursor is further than the log.
  CURSOR_AHEAD("cursor-ahead"),
  /// The cursor is not one of ours.
  CURSOR_INVALID("cursor-invalid"),
  /// The cursor was given out for another filter.
  FILTER_CHANGED("filter-changed");

  private final String text;

  ResetReason(String text) {
    this.text = text;
  }

  /// As clients read it.
  String text() {
    return text;
  }
}
