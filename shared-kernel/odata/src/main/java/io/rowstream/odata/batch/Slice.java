package io.rowstream.odata.batch;

import java.util.Arrays;

/// A stretch of a body: its octets from `from` up to, without, `to`.
record Slice(byte[] octets, int from, int to) {

  Slice between(int newFrom, int newTo) {
    return new Slice(octets, newFrom, newTo);
  }

  int length() {
    return to - from;
  }

  byte[] copy() {
    return Arrays.copyOfRange(octets, from, to);
  }

  /// Where the line that starts at `start` ends: behind its LF, or at the end of the slice.
  int lineEnd(int start) {
    int at = start;
    while (at < to && octets[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, to);
  }

  /// `end` without the line break just before it, but never before `start`.
  int withoutLineBreak(int start, int end) {
    int at = end;
    if (at > start && octets[at - 1] == '\n') {
      at--;
      if (at > start && octets[at - 1] == '\r') {
        at--;
      }
    }
    return at;
  }

  /// The same without blanks and line breaks at its end.
  Slice stripTrailing() {
    int end = to;
    while (end > from && isBlank(octets[end - 1])) {
      end--;
    }
    return between(from, end);
  }

  boolean isBlank() {
    return stripTrailing().length() == 0;
  }

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
  }
}
