package io.rowstream.command.app.rows;

import java.io.IOException;
import java.io.Reader;

/// Text that can be read again from behind a line that was read lately. Lines end with LF, CR or
/// both. Not thread-safe.
final class RewindableText extends Reader {
  private static final int CHUNK = 1 << 13;
  private static final int FORGET_FROM = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Reader source;
  private final StringBuilder kept = new StringBuilder();
  private final char[] chunk = new char[CHUNK];
  private boolean begun;

  /// The line that `kept` begins with, and the next character of it to be read.
  private long firstLine = 1;

  private int next;

  RewindableText(Reader source) {
    this.source = source;
  }

  @Override
  public int read(char[] to, int start, int length) throws IOException {
    if (next == kept.length() && !fill()) {
      return -1;
    }
    int read = Math.min(length, kept.length() - next);
    kept.getChars(next, next + read, to, start);
    next += read;
    return read;
  }

  private boolean fill() throws IOException {
    int read = source.read(chunk, 0, CHUNK);
    if (read < 0) {
      return false;
    }
    int start = !begun && read > 0 && chunk[0] == BYTE_ORDER_MARK ? 1 : 0;
    begun |= read > 0;
    kept.append(chunk, start, read - start);
    return start == read ? fill() : true;
  }

  /// Says that nobody will go back to what is before `line`.
  void forgetBefore(long line) {
    if (kept.length() >= FORGET_FROM) {
      drop(line);
    }
  }

  /// Goes on reading behind the end of `line`, which has been begun and not been forgotten.
  void goBehind(long line) throws IOException {
    drop(line);
    next = 0;
    int passed = pass();
    while (passed >= 0 && passed != '\n' && passed != '\r') {
      passed = pass();
    }
    if (passed == '\r' && ahead() == '\n') {
      pass();
    }
    kept.delete(0, next);
    next = 0;
    firstLine = line + 1;
  }

  private int pass() throws IOException {
    int passed = ahead();
    if (passed >= 0) {
      next++;
    }
    return passed;
  }

  /// The next character; -1 at the end. What was passed is not kept: a line may be of any length.
  private int ahead() throws IOException {
    if (next == kept.length()) {
      kept.setLength(0);
      next = 0;
      if (!fill()) {
        return -1;
      }
    }
    return kept.charAt(next);
  }

  private void drop(long line) {
    int start = 0;
    for (long at = firstLine; at < line; at++) {
      while (kept.charAt(start) != '\n' && kept.charAt(start) != '\r') {
        start++;
      }
      boolean both =
          kept.charAt(start) == '\r' && start + 1 < kept.length() && kept.charAt(start + 1) == '\n';
      start += both ? 2 : 1;
    }
    kept.delete(0, start);
    next -= start;
    firstLine = line;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
