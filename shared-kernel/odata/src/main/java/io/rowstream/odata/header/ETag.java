package io.rowstream.odata.header;

/// The entity tag of a record: its row version, `W/"5"`.
public final class ETag {

  /// A version no record ever has: what a tag stands for that is well-formed but not one of ours.
  public static final long NEVER = Long.MAX_VALUE;

  private static final int DIGITS_MAX = 19;

  private ETag() {}

  /// The tag of a record at this version.
  public static String of(long rowVersion) {
    return "W/\"" + rowVersion + "\"";
  }

  /// The version a tag names between its quotes; [#NEVER] when it is no version in the one way
  /// [#of] writes it.
  static long version(String opaque) {
    if (opaque.isEmpty() || opaque.length() > DIGITS_MAX) {
      return NEVER;
    }
    if (opaque.charAt(0) == '0' && opaque.length() > 1) {
      return NEVER;
    }
    long version = 0;
    for (int i = 0; i < opaque.length(); i++) {
      int digit = opaque.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NEVER;
      }
      version = version * 10 + digit;
    }
    return version < 0 ? NEVER : version;
  }
}
