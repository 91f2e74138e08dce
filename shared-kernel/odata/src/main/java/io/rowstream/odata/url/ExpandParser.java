package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Splits `$expand` at the commas outside parentheses, and the options of a property at their
/// semicolons. It recurses once for each level, at most [Expand#DEPTH_MAX] deep.
final class ExpandParser {
  private final Aliases aliases;
  private int properties;

  /// @param aliases for values and properties in nested options
  ExpandParser(Aliases aliases) {
    this.aliases = aliases;
  }

  List<Expand> parse(String text, int level) {
    if (level > Expand.DEPTH_MAX) {
      throw BadRequest.query("$expand nests deeper than " + Expand.DEPTH_MAX + ".");
    }
    var expands = new ArrayList<Expand>();
    Set<String> seen = new HashSet<>();
    for (String item : split(text, ',')) {
      var expand = item(item.strip(), level);
      if (!seen.add(expand.property())) {
        throw BadRequest.query("$expand has " + Quoted.of(expand.property()) + " twice.");
      }
      expands.add(expand);
    }
    return expands;
  }

  private Expand item(String text, int level) {
    if (++properties > Expand.PROPERTIES_MAX) {
      throw BadRequest.query("$expand has more than " + Expand.PROPERTIES_MAX + " properties.");
    }
    int open = text.indexOf('(');
    String property = open < 0 ? text : text.substring(0, open);
    if (!Lexer.isPlainName(property)) {
      throw BadRequest.query(Quoted.of(property) + " cannot be expanded.");
    }
    if (open < 0) {
      return new Expand(property, List.of(), null, List.of(), null, List.of());
    }
    if (!text.endsWith(")")) {
      throw malformed(text);
    }
    return new Options().read(property, text.substring(open + 1, text.length() - 1), level);
  }

  /// The options of one property.
  private final class Options {
    private final Set<String> seen = new HashSet<>();
    private List<String> select = List.of();
    private @Nullable Filter filter;
    private List<SortKey> orderBy = List.of();
    private @Nullable Integer top;
    private List<Expand> nested = List.of();

    Expand read(String property, String text, int level) {
      for (String option : split(text, ';')) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option.strip() : option.substring(0, equals).strip();
        if (!seen.add(name)) {
          throw BadRequest.query("Query option " + Quoted.of(name) + " is given twice.");
        }
        take(name, equals < 0 ? "" : option.substring(equals + 1), level);
      }
      return new Expand(property, select, filter, orderBy, top, nested);
    }

    private void take(String name, String value, int level) {
      switch (name) {
        case "$select" -> select = QueryParser.select(value);
        case "$filter" -> filter = FilterParser.parse(value, aliases);
        case "$orderby" -> orderBy = SortKey.parse(value, aliases);
        case "$top" -> top = QueryParser.top(value);
        case "$expand" -> nested = parse(value, level + 1);
        default ->
            throw BadRequest.query(
                "Query option " + Quoted.of(name) + " is not supported within $expand.");
      }
    }
  }

  /// Splits at separators outside parentheses and quotes.
  private static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        i += quote == '"' && c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth < 0) {
        throw malformed(text);
      } else if (c == separator && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    if (quote != 0 || depth > 0) {
      throw malformed(text);
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static BadRequest malformed(String text) {
    return BadRequest.query(
        "Parentheses or quotes in " + Quoted.of(text) + " of $expand do not match.");
  }
}
