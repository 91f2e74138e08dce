package io.rowstream.web;

/// What a request may measure before anybody looks at it.
public final class HttpBounds {

  /// The longest request target, in octets as sent; beyond it 414.
  public static final int TARGET_OCTETS_MAX = 32 * 1024;

  /// All header fields together, in octets; beyond it 431.
  public static final int HEADERS_OCTETS_MAX = 64 * 1024;

  /// What stands in a request line beside the target: a method, the version and two blanks.
  static final int LINE_REST_OCTETS_MAX = 64;

  private HttpBounds() {}
}
