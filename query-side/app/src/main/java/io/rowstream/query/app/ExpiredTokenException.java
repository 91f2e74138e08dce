package io.rowstream.query.app;

/// What a delta token stands for is no longer known; expected, therefore without a stack trace.
final class ExpiredTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param why completes "The $deltatoken "
  ExpiredTokenException(String why) {
    super(
        "Version stamp associated with the client has expired. Please perform a full sync. The"
            + " $deltatoken "
            + why
            + ".",
        null,
        false,
        false);
  }
}
