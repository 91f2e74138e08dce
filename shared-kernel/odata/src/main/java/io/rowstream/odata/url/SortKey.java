package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.url.Lexer.Token;
import java.util.ArrayList;
import java.util.List;

/// One part of `$orderby`.
public record SortKey(PropertyPath path, boolean descending) {

  /// The most properties a list is sorted by.
  public static final int KEYS_MAX = 10;

  /// Reads a decoded `$orderby`.
  ///
  /// @throws BadRequest if it is malformed or has too many parts
  static List<SortKey> parse(String text, Aliases aliases) {
    var lexer = new Lexer(text, aliases);
    var keys = new ArrayList<SortKey>();
    do {
      if (keys.size() == KEYS_MAX) {
        throw BadRequest.query("$orderby has more than " + KEYS_MAX + " properties.");
      }
      PropertyPath path = lexer.takePath();
      boolean descending = lexer.isName("desc");
      if (descending || lexer.isName("asc")) {
        lexer.advance();
      }
      keys.add(new SortKey(path, descending));
    } while (lexer.skip(Token.COMMA));
    lexer.expect(Token.END, "',', 'asc' or 'desc'");
    return List.copyOf(keys);
  }

  /// As it stands in a query.
  public String text() {
    return descending ? path.text() + " desc" : path.text();
  }
}
