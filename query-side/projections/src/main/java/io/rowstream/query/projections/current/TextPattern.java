package io.rowstream.query.projections.current;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A pattern of Dataverse's `contains` and its like, in PostgreSQL's words.
///
/// @param operator `LIKE`, or `SIMILAR TO` when the pattern has a set of characters
record TextPattern(String operator, String text) {

  /// A set of letters, digits and blanks, with ranges; what else stands in brackets is plain text,
  /// except for a single character.
  private static final Pattern SET =
      Pattern.compile("\\[(?:(\\^?)((?:[\\p{L}\\p{N} ](?:-[\\p{L}\\p{N}])?)+)|([^\\]]))\\]");

  static TextPattern of(Filter.Part part, String pattern) {
    var sets = SET.matcher(pattern);
    boolean similar = sets.results().anyMatch(set -> set.group(2) != null);
    var text = new StringBuilder(pattern.length() + 8);
    if (part != Filter.Part.START) {
      text.append('%');
    }
    int plainFrom = 0;
    sets.reset();
    while (sets.find()) {
      escape(pattern.substring(plainFrom, sets.start()), false, similar, text);
      plainFrom = sets.end();
      addSet(sets, similar, text);
    }
    escape(pattern.substring(plainFrom), false, similar, text);
    if (part != Filter.Part.END) {
      text.append('%');
    }
    return new TextPattern(similar ? "SIMILAR TO" : "LIKE", text.toString());
  }

  private static void addSet(Matcher set, boolean similar, StringBuilder text) {
    String members = set.group(2);
    if (members == null) {
      escape(set.group(3), true, similar, text);
      return;
    }
    for (int i = 1; i < members.length() - 1; i++) {
      if (members.charAt(i) == '-' && members.codePointBefore(i) > members.codePointAt(i + 1)) {
        throw new BadQueryException("a set of characters in a pattern has a range from its end");
      }
    }
    text.append('[').append(set.group(1)).append(members).append(']');
  }

  private static void escape(String plain, boolean wildcards, boolean similar, StringBuilder text) {
    plain
        .chars()
        .forEach(c -> {
          boolean special =
              c == '\\'
                  || (wildcards && (c == '%' || c == '_'))
                  || (similar && "|*+?{}()[]^$.".indexOf(c) >= 0);
          if (special) {
            text.append('\\');
          }
          text.append((char) c);
        });
  }
}
