package io.rowstream.odata.text;

import org.jspecify.annotations.Nullable;

/// Text that can be stored and sent everywhere: no control character below 0x20 but tab, line feed
/// and carriage return, and no half of a surrogate pair.
public final class PlainText {

  private PlainText() {}

  /// What keeps a text from being plain; null if nothing does.
  public static @Nullable String flaw(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
        return "text must not hold control character " + (int) c;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return "text must not hold half a surrogate pair";
        }
        i++;
      }
    }
    return null;
  }
}
