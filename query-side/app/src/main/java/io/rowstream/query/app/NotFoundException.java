package io.rowstream.query.app;

/// A URL leads nowhere. Expected, therefore without a stack trace.
final class NotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String segment;

  /// @param segment the part of the URL that nothing is known by
  NotFoundException(String segment) {
    super("nothing there", null, false, false);
    this.segment = segment;
  }

  String segment() {
    return segment;
  }
}
