package io.rowstream.benchmarks.feed;

import java.nio.charset.StandardCharsets;

/// The data of a frame: `from` up to but not including `to` of a text whose characters are bytes.
record FrameData(String latin1, int from, int to) {
  static final FrameData NONE = new FrameData("", 0, 0);

  private static final int NOT_FOUND = -1;

  int length() {
    return to - from;
  }

  /// This and `line` below it.
  FrameData and(FrameData line) {
    String both = latin1.substring(from, to) + '\n' + line.latin1.substring(line.from, line.to);
    return new FrameData(both, 0, both.length());
  }

  /// The first whole number right after `"name":`, -1 if there is none. Finds text, does not parse
  /// JSON: cheap enough for ten thousand frames at once.
  long numberAfter(String quotedNameAndColon) {
    int start = behind(quotedNameAndColon);
    if (start == NOT_FOUND) {
      return -1;
    }
    int end = start;
    while (end < to && isDigit(latin1.charAt(end))) {
      end++;
    }
    return end == start ? -1 : Long.parseLong(latin1, start, end, 10);
  }

  /// The text between the quotes right after `"name":`, empty if there is none.
  String textAfter(String quotedNameAndColon) {
    int quote = behind(quotedNameAndColon);
    if (quote == NOT_FOUND || quote == to || latin1.charAt(quote) != '"') {
      return "";
    }
    int end = latin1.indexOf('"', quote + 1, to);
    return utf8(quote + 1, end == NOT_FOUND ? to : end);
  }

  private int behind(String sought) {
    int start = latin1.indexOf(sought, from, to);
    return start == NOT_FOUND ? NOT_FOUND : start + sought.length();
  }

  private String utf8(int start, int end) {
    byte[] bytes = latin1.substring(start, end).getBytes(StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  @Override
  public String toString() {
    return utf8(from, to);
  }
}
