package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import java.util.ArrayList;
import java.util.Objects;

/// Stands on one token of a decoded text of a URL.
final class Lexer {

  /// The longest name, in characters: `_<100 characters>_value` and something to spare.
  static final int NAME_LENGTH_MAX = 128;

  enum Token {
    NAME,
    LITERAL,
    OPEN,
    CLOSE,
    OPEN_LIST,
    CLOSE_LIST,
    COMMA,
    SLASH,
    EQUALS,
    COLON,
    END
  }

  private final TokenScanner scanner;

  Lexer(String text) {
    scanner = new TokenScanner(text);
    advance();
  }

  Token token() {
    return scanner.token();
  }

  /// Whether the lexer stands on this very name.
  boolean isName(String wanted) {
    return token() == Token.NAME && scanner.name().equals(wanted);
  }

  boolean isComparator() {
    return token() == Token.NAME && Comparator.named(scanner.name()) != null;
  }

  /// The name the lexer stands on; steps over it.
  String takeName() {
    String taken = scanner.name();
    expect(Token.NAME, "a name");
    return taken;
  }

  /// A path whose first name has been taken.
  PropertyPath restOfPath(String first) {
    if (token() != Token.SLASH) {
      return PropertyPath.of(first);
    }
    var names = new ArrayList<String>();
    names.add(first);
    while (skip(Token.SLASH)) {
      if (names.size() == PropertyPath.NAMES_MAX) {
        throw failure("a path has at most " + PropertyPath.NAMES_MAX + " names");
      }
      names.add(takeName());
    }
    return new PropertyPath(names);
  }

  /// The literal the lexer stands on; steps over it.
  Literal takeLiteral() {
    Literal taken = scanner.literal();
    expect(Token.LITERAL, "a value");
    return Objects.requireNonNull(taken);
  }

  /// Steps over the token if it is this one.
  boolean skip(Token wanted) {
    if (token() != wanted) {
      return false;
    }
    advance();
    return true;
  }

  void expect(Token wanted, String called) {
    if (!skip(wanted)) {
      throw failure(called + " is expected");
    }
  }

  BadRequest failure(String problem) {
    return scanner.failure(problem);
  }

  void advance() {
    scanner.advance();
  }

  /// Whether a text is a name: a letter or underscore, then letters, digits and underscores.
  static boolean isPlainName(String text) {
    if (text.isEmpty()
        || text.length() > NAME_LENGTH_MAX
        || !TokenScanner.isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!TokenScanner.isLetter(c) && !TokenScanner.isDigit(c)) {
        return false;
      }
    }
    return true;
  }
}
