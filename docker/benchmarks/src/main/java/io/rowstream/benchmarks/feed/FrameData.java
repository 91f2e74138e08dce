package io.rowstream.benchmarks.feed;

import java.nio.charset.StandardCharsets;

/// The data of a frame, as bytes `from` up to but not including `to` of a buffer that is not
/// copied.
final class FrameData {
  private static final int NOT_FOUND = -1;

  private final byte[] bytes;
  private final int from;
  private final int to;

  FrameData(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  static FrameData none() {
    return new FrameData(new byte[0], 0, 0);
  }

  int length() {
    return to - from;
  }

  /// The first whole number right after `"name":`, -1 if there is none. Finds text, does not parse
  /// JSON: cheap enough for ten thousand frames at once.
  long numberAfter(byte[] quotedNameAndColon) {
    int at = behind(quotedNameAndColon);
    if (at == NOT_FOUND || at == to || !isDigit(bytes[at])) {
      return -1;
    }
    long number = 0;
    for (int i = at; i < to && isDigit(bytes[i]); i++) {
      number = number * 10 + (bytes[i] - '0');
    }
    return number;
  }

  /// The text between the quotes right after `"name":`, empty if there is none.
  String textAfter(byte[] quotedNameAndColon) {
    int at = behind(quotedNameAndColon);
    if (at == NOT_FOUND || at == to || bytes[at] != '"') {
      return "";
    }
    int end = at + 1;
    while (end < to && bytes[end] != '"') {
      end++;
    }
    return new String(bytes, at + 1, end - at - 1, StandardCharsets.UTF_8);
  }

  private int behind(byte[] sought) {
    for (int start = from; start <= to - sought.length; start++) {
      int matching = 0;
      while (matching < sought.length && bytes[start + matching] == sought[matching]) {
        matching++;
      }
      if (matching == sought.length) {
        return start + matching;
      }
    }
    return NOT_FOUND;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  @Override
  public String toString() {
    return new String(bytes, from, length(), StandardCharsets.UTF_8);
  }
}
