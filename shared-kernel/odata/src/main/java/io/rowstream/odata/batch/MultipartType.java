package io.rowstream.odata.batch;

import io.rowstream.odata.Quoted;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A `Content-Type` as far as a batch needs it.
///
/// @param type in lower case, without parameters
/// @param boundary null when it has none
record MultipartType(String type, @Nullable String boundary) {
  private static final String MIXED = "multipart/mixed";
  private static final String BOUNDARY_SIGNS = "'()+_,-./:=? ";

  boolean isMixed() {
    return type.equals(MIXED);
  }

  static MultipartType parse(String text, String where) {
    int semicolon = text.indexOf(';');
    String type = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
    String boundary = semicolon < 0 ? null : boundary(text, semicolon, where);
    return new MultipartType(type.toLowerCase(Locale.ROOT), boundary);
  }

  /// The boundary, of which a part that needs one must have one.
  String requireBoundary(String where) {
    if (boundary == null) {
      throw Malformed.at(where, "its Content-Type multipart/mixed has no boundary");
    }
    if (boundary.isEmpty() || boundary.length() > Batch.BOUNDARY_LENGTH_MAX) {
      throw Malformed.at(where, "a boundary has 1 to " + Batch.BOUNDARY_LENGTH_MAX + " characters");
    }
    if (!boundary.chars().allMatch(MultipartType::mayStandInBoundary) || boundary.endsWith(" ")) {
      throw Malformed.at(
          where, Quoted.of(boundary) + " holds a character a boundary must not hold");
    }
    return boundary;
  }

  private static @Nullable String boundary(String text, int from, String where) {
    int at = from;
    while (at < text.length()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        return null;
      }
      String name = text.substring(at + 1, equals).strip();
      int start = equals + 1;
      boolean quoted = start < text.length() && text.charAt(start) == '"';
      int end = quoted ? text.indexOf('"', start + 1) : text.indexOf(';', start);
      if (quoted && end < 0) {
        throw Malformed.at(where, "a quote in its Content-Type is not closed");
      }
      int valueEnd = end < 0 ? text.length() : end;
      if (name.equalsIgnoreCase("boundary")) {
        return quoted
            ? text.substring(start + 1, valueEnd)
            : text.substring(start, valueEnd).strip();
      }
      int next = text.indexOf(';', valueEnd);
      at = next < 0 ? text.length() : next;
    }
    return null;
  }

  private static boolean mayStandInBoundary(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || BOUNDARY_SIGNS.indexOf(c) >= 0;
  }
}
