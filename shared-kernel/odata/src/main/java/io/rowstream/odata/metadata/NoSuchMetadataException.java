package io.rowstream.odata.metadata;

/// A path under `EntityDefinitions` leads nowhere; answered with 404. Expected, therefore without a
/// stack trace.
public final class NoSuchMetadataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String segment;

  NoSuchMetadataException(String segment) {
    super("no such metadata", null, false, false);
    this.segment = segment;
  }

  /// The part of the path that nothing is known by.
  public String segment() {
    return segment;
  }
}
