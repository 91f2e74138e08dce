package io.rowstream.odata;

/// A piece of input inside a message: in single quotes, cut to [#LENGTH_MAX] characters, with
/// nothing in it that could not be printed.
public final class Quoted {

  /// The most of one piece of input that is repeated, in UTF-16 units. Two of them fit the 200
  /// characters an answer may repeat.
  public static final int LENGTH_MAX = 100;

  private Quoted() {}

  public static String of(String input) {
    return '\'' + shown(input, LENGTH_MAX) + '\'';
  }

  /// `text` without quotes, cut to `lengthMax` UTF-16 units.
  public static String shown(String text, int lengthMax) {
    boolean cut = text.length() > lengthMax;
    var shown = new StringBuilder(cut ? text.substring(0, lengthMax - 1) : text);
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        shown.setCharAt(i, '?');
      }
    }
    return cut ? shown.append('…').toString() : shown.toString();
  }
}
