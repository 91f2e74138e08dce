package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.url.Lexer.Token;
import org.jspecify.annotations.Nullable;

/// Cuts decoded text of a URL into tokens, one after the other.
final class TokenScanner {
  private static final String COUNT = "$count";

  private final String text;
  private int at;
  private int start;
  private Token token = Token.END;
  private String name = "";
  private @Nullable Literal literal;
  private boolean inList;

  TokenScanner(String text) {
    this.text = text;
  }

  Token token() {
    return token;
  }

  /// What the last [Token#NAME] was, or [Token#ALIAS], with its `@`.
  String name() {
    return name;
  }

  /// What the token is, if it is a [Token#LITERAL].
  @Nullable Literal literal() {
    return literal;
  }

  BadRequest failure(String problem) {
    return BadRequest.query(
        "Syntax error at position " + start + " in " + Quoted.of(text) + ": " + problem + ".");
  }

  void advance() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    start = at;
    literal = null;
    if (at == text.length()) {
      token = Token.END;
      return;
    }
    char c = text.charAt(at);
    switch (c) {
      case '(' -> single(Token.OPEN);
      case ')' -> single(Token.CLOSE);
      case '[' -> list(true);
      case ']' -> list(false);
      case ',' -> single(Token.COMMA);
      case '/' -> single(Token.SLASH);
      case '=' -> single(Token.EQUALS);
      case ':' -> single(Token.COLON);
      case '@' -> alias();
      case '$' -> count();
      case '\'' -> quoted();
      default -> {
        if (c == '"' && inList) {
          doubleQuoted();
        } else {
          word(c);
        }
      }
    }
  }

  private void single(Token found) {
    token = found;
    at++;
  }

  private void list(boolean begins) {
    single(begins ? Token.OPEN_LIST : Token.CLOSE_LIST);
    inList = begins;
  }

  private void count() {
    if (!text.startsWith(COUNT, at)) {
      throw failure("unexpected character '$'");
    }
    token = Token.COUNT;
    at += COUNT.length();
  }

  private void alias() {
    int from = at++;
    while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    token = Token.ALIAS;
    name = text.substring(from, at);
  }

  private void quoted() {
    int from = at + 1;
    int end = text.indexOf('\'', from);
    boolean doubled = false;
    while (end >= 0 && end + 1 < text.length() && text.charAt(end + 1) == '\'') {
      doubled = true;
      end = text.indexOf('\'', end + 2);
    }
    if (end < 0) {
      throw failure("the text is not ended by a single quote");
    }
    String value = text.substring(from, end);
    literal(new Literal.Text(doubled ? value.replace("''", "'") : value));
    at = end + 1;
  }

  /// A text as JSON has it, which may stand in lists only.
  private void doubleQuoted() {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    String value = end < text.length() ? JsonText.parse(text.substring(at, end + 1)) : null;
    if (value == null) {
      throw failure("the text is not ended by a double quote, or is no JSON");
    }
    literal(new Literal.Text(value));
    at = end + 1;
  }

  private void word(char first) {
    boolean number = isDigit(first) || first == '-';
    if (!number && !isLetter(first)) {
      throw failure("unexpected character " + Quoted.of(String.valueOf(first)));
    }
    int from = at;
    while (at < text.length() && continuesWord(text.charAt(at), number)) {
      at++;
    }
    String word = text.substring(from, at);
    Literal value = Literal.ofWord(word);
    if (value != null) {
      literal(value);
      return;
    }
    name(word);
    if (at < text.length() && text.charAt(at) == '\'' && word.contains(".")) {
      enumMember(word);
    }
  }

  private void enumMember(String type) {
    quoted();
    if (literal instanceof Literal.Text(String member)) {
      literal(new Literal.EnumMember(type, member));
    }
  }

  private void name(String word) {
    boolean valid = isLetter(word.charAt(0)) && word.length() <= Lexer.NAME_LENGTH_MAX;
    for (int i = 1; i < word.length() && valid; i++) {
      char c = word.charAt(i);
      valid = isLetter(c) || isDigit(c) || c == '.';
    }
    if (!valid) {
      throw failure(Quoted.of(word) + " is neither a name nor a value");
    }
    token = Token.NAME;
    name = word;
  }

  private void literal(Literal value) {
    token = Token.LITERAL;
    literal = value;
  }

  /// A word that begins as a number may be a guid, a date or a time, with an offset.
  private static boolean continuesWord(char c, boolean number) {
    return isLetter(c) || isDigit(c) || c == '.' || c == '-' || (number && (c == ':' || c == '+'));
  }

  static boolean isLetter(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
