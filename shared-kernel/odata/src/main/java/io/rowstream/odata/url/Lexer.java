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
    ALIAS,
    LITERAL,
    COUNT,
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
  private final Aliases aliases;

  Lexer(String text) {
    this(text, new Aliases());
  }

  Lexer(String text, Aliases aliases) {
    scanner = new TokenScanner(text);
    this.aliases = aliases;
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

  /// What the alias the lexer stands on stands for; steps over the alias.
  Lexer takeAlias() {
    Lexer value = aliases.lexer(scanner.name());
    advance();
    return value;
  }

  /// The path the lexer stands on, or an alias for it; steps over it.
  PropertyPath takePath() {
    if (token() != Token.ALIAS) {
      return restOfPath(takeName());
    }
    Lexer value = takeAlias();
    return value.only(value.restOfPath(value.takeName()));
  }

  /// What has been taken, if nothing else is there.
  <T> T only(T taken) {
    expect(Token.END, "the end of the value");
    return taken;
  }

  /// The literal the lexer stands on, or an alias for it; steps over it.
  Literal takeLiteral() {
    if (token() == Token.ALIAS) {
      Lexer value = takeAlias();
      return value.only(value.takeLiteral());
    }
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
