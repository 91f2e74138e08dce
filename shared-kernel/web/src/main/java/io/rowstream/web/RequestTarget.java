package io.rowstream.web;

import org.jspecify.annotations.Nullable;

/// The target of a request line in a form every URI parser takes.
///
/// Clients send `{ } " | ^ [ ] < > \` backtick and UTF-8 as they are, although RFC 3986 wants them
/// percent-encoded; `#` cannot begin a fragment here, so it is data too. All of these are encoded,
/// nothing is decoded and nothing else is changed.
///
/// @param uri path and query, or `*`
/// @param authority of a target that names one; it counts instead of the `Host` header
record RequestTarget(String uri, @Nullable String authority) {
  private static final boolean[] AS_IT_IS = new boolean[128];
  private static final String HEX = "0123456789ABCDEF";

  static {
    for (char c : "!$&'()*+,-./:;=?@_~%".toCharArray()) {
      AS_IT_IS[c] = true;
    }
    for (char c = 0; c < 128; c++) {
      AS_IT_IS[c] |= (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
  }

  /// @param raw its characters are the octets that were sent
  /// @return null if it is not a target, or holds a `%` without two hexadecimal digits after it
  static @Nullable RequestTarget parse(String raw) {
    if (raw.startsWith("/")) {
      return of(raw, null);
    }
    if (raw.equals("*")) {
      return new RequestTarget(raw, null);
    }
    int authority = schemeLength(raw);
    if (authority == 0) {
      return null;
    }
    int end = authority;
    while (end < raw.length() && "/?#".indexOf(raw.charAt(end)) < 0) {
      end++;
    }
    String named = raw.substring(authority, end);
    String rest = raw.substring(end);
    return isHost(named) ? of(rest.startsWith("/") ? rest : "/" + rest, named) : null;
  }

  /// Whether `text` can stand in a `Host` header: a name or address, and perhaps a port.
  static boolean isHost(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '[' && c != ']' && (c >= 128 || !AS_IT_IS[c] || "/?@%".indexOf(c) >= 0)) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static int schemeLength(String raw) {
    for (String scheme : new String[] {"http://", "https://"}) {
      if (raw.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return 0;
  }

  private static @Nullable RequestTarget of(String raw, @Nullable String authority) {
    int plain = 0;
    while (plain < raw.length() && isPlain(raw, plain)) {
      plain++;
    }
    if (plain == raw.length()) {
      return new RequestTarget(raw, authority);
    }
    var uri = new StringBuilder(raw.length() + 64).append(raw, 0, plain);
    for (int i = plain; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (isPlain(raw, i)) {
        uri.append(c);
      } else if (c == '%' || c > 0xFF) {
        return null;
      } else {
        uri.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      }
    }
    return new RequestTarget(uri.toString(), authority);
  }

  private static boolean isPlain(String raw, int i) {
    char c = raw.charAt(i);
    return c == '%' ? isHexDigit(raw, i + 1) && isHexDigit(raw, i + 2) : c < 128 && AS_IT_IS[c];
  }

  private static boolean isHexDigit(String raw, int i) {
    return i < raw.length() && raw.charAt(i) < 128 && Character.digit(raw.charAt(i), 16) >= 0;
  }
}
