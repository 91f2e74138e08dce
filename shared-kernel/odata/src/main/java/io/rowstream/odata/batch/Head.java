package io.rowstream.odata.batch;

import io.rowstream.odata.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The header lines of a part or of a request in it, and what stands behind the empty line after
/// them.
record Head(List<Header> headers, Slice rest) {
  private static final String TOKEN = "!#$%&'*+-.^_`|~";

  static Head read(Slice content, String where) {
    var headers = new ArrayList<Header>();
    int line = content.from();
    while (line < content.to()) {
      int next = content.lineEnd(line);
      int end = content.withoutLineBreak(line, next);
      if (end == line) {
        return new Head(headers, content.between(next, content.to()));
      }
      if (headers.size() == Batch.HEADERS_MAX) {
        throw Malformed.at(where, "it has more than " + Batch.HEADERS_MAX + " header lines");
      }
      headers.add(header(text(content.between(line, end), Batch.HEADER_LENGTH_MAX, where), where));
      line = next;
    }
    return new Head(headers, content.between(content.to(), content.to()));
  }

  @Nullable String first(String name) {
    return Header.first(headers, name);
  }

  /// One line as text, each octet a character.
  static String text(Slice line, int lengthMax, String where) {
    if (line.length() > lengthMax) {
      throw Malformed.at(where, "a line is longer than " + lengthMax + " octets");
    }
    String text =
        new String(line.octets(), line.from(), line.length(), StandardCharsets.ISO_8859_1);
    if (text.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
      throw Malformed.at(where, "a line holds a control character");
    }
    return text;
  }

  private static Header header(String line, String where) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon);
    if (name.isEmpty() || !name.chars().allMatch(Head::mayStandInName)) {
      throw Malformed.at(where, Quoted.of(line) + " is not a header line");
    }
    return new Header(name, line.substring(colon + 1).strip());
  }

  private static boolean mayStandInName(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN.indexOf(c) >= 0;
  }
}
