package io.rowstream.odata.header;

import io.rowstream.odata.BadRequest;
import java.util.ArrayList;
import java.util.List;

/// Reads lists of entity tags as RFC 9110 writes them.
final class ConditionParser {
  private final String header;
  private final List<Long> versions = new ArrayList<>();
  private boolean any;

  private ConditionParser(String header) {
    this.header = header;
  }

  static Condition parse(String header, List<String> values) {
    if (values.isEmpty()) {
      return new Condition.None();
    }
    var parser = new ConditionParser(header);
    for (String value : values) {
      parser.take(value);
    }
    if (parser.any && values.size() > 1) {
      throw Condition.malformed(header, String.join(",", values));
    }
    return parser.any ? new Condition.Any() : new Condition.Versions(parser.versions);
  }

  private void take(String value) {
    if (value.strip().equals("*")) {
      any = true;
      return;
    }
    int before = versions.size();
    int at = 0;
    boolean separated = true;
    while (at < value.length()) {
      char c = value.charAt(at);
      if (c == ' ' || c == '\t') {
        at++;
      } else if (c == ',') {
        separated = true;
        at++;
      } else if (separated) {
        at = tag(value, at);
        separated = false;
      } else {
        throw Condition.malformed(header, value);
      }
    }
    if (versions.size() == before) {
      throw Condition.malformed(header, value);
    }
  }

  /// @return where the text goes on behind the tag
  private int tag(String value, int start) {
    int quote = value.startsWith("W/", start) ? start + 2 : start;
    int end = value.startsWith("\"", quote) ? value.indexOf('"', quote + 1) : -1;
    if (end < 0) {
      throw Condition.malformed(header, value);
    }
    String opaque = value.substring(quote + 1, end);
    for (int i = 0; i < opaque.length(); i++) {
      char c = opaque.charAt(i);
      if (c < 0x21 || c == 0x7F || c > 0xFF) {
        throw Condition.malformed(header, value);
      }
    }
    if (versions.size() == Condition.TAGS_MAX) {
      throw BadRequest.query(header + " holds more than " + Condition.TAGS_MAX + " tags.");
    }
    versions.add(ETag.version(opaque));
    return end + 1;
  }
}
