package io.rowstream.odata.text;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Guids as text: exactly 36 characters, `8-4-4-4-12` hexadecimal digits of either case, no braces.
public final class GuidText {

  public static final int LENGTH = 36;

  private GuidText() {}

  /// @return null if the text is not a guid
  public static @Nullable UUID parse(String text) {
    return text.length() == LENGTH ? parse(text, 0) : null;
  }

  /// Reads the [#LENGTH] characters from `start` on.
  ///
  /// @return null if they are not a guid
  public static @Nullable UUID parse(String text, int start) {
    if (start + LENGTH > text.length()) {
      return null;
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(start + i);
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        if (c != '-') {
          return null;
        }
        continue;
      }
      int digit = digit(c);
      if (digit < 0) {
        return null;
      }
      if (i < 18) {
        high = high << 4 | digit;
      } else {
        low = low << 4 | digit;
      }
    }
    return new UUID(high, low);
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int letter = (c | 0x20) - 'a';
    return c < 0x80 && letter >= 0 && letter < 6 ? 10 + letter : -1;
  }
}
