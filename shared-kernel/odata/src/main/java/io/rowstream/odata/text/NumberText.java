package io.rowstream.odata.text;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Numbers as text: `-12`, `1.5`, `2e-3`; bounded, so that no number is expensive to compare.
public final class NumberText {

  /// The longest number, in characters.
  public static final int LENGTH_MAX = 100;

  /// The largest exponent, up or down; beyond what a double can hold.
  public static final int EXPONENT_MAX = 400;

  private NumberText() {}

  /// @return null if the text is not a number within the bounds
  public static @Nullable BigDecimal parse(String text) {
    if (text.length() > LENGTH_MAX || !isNumber(text)) {
      return null;
    }
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (e >= 0 && isTooLarge(text, e + 1)) {
      return null;
    }
    return new BigDecimal(text);
  }

  private static boolean isNumber(String text) {
    int i = text.startsWith("-") ? 1 : 0;
    int end = afterDigits(text, i);
    if (end == i) {
      return false;
    }
    if (end < text.length() && text.charAt(end) == '.') {
      i = end + 1;
      end = afterDigits(text, i);
      if (end == i) {
        return false;
      }
    }
    if (end < text.length() && (text.charAt(end) | 0x20) == 'e') {
      i = end + 1;
      if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      end = afterDigits(text, i);
      return end > i && end == text.length();
    }
    return end == text.length();
  }

  private static int afterDigits(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static boolean isTooLarge(String text, int start) {
    int exponent = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        exponent = exponent * 10 + (c - '0');
        if (exponent > EXPONENT_MAX) {
          return true;
        }
      }
    }
    return false;
  }
}
