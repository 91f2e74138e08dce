package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.text.GuidText;
import io.rowstream.odata.text.NumberText;
import io.rowstream.odata.text.TimeText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Cuts decoded text of a URL into tokens and stands on one of them.
final class Lexer {

  /// The longest name, in characters: `_<100 characters>_value` and something to spare.
  static final int NAME_LENGTH_MAX = 128;

  enum Token {
    NAME,
    LITERAL,
    OPEN,
    CLOSE,
    COMMA,
    SLASH,
    EQUALS,
    COLON,
    END
  }

  private final String text;
  private int at;
  private int tokenStart;
  private Token token = Token.END;
  private String name = "";
  private @Nullable Literal literal;

  Lexer(String text) {
    this.text = text;
    advance();
  }

  Token token() {
    return token;
  }

  /// Whether the lexer stands on this very name.
  boolean isName(String wanted) {
    return token == Token.NAME && name.equals(wanted);
  }

  boolean isComparator() {
    return token == Token.NAME && Comparator.named(name) != null;
  }

  /// The name the lexer stands on; steps over it.
  String takeName() {
    String taken = name;
    expect(Token.NAME, "a name");
    return taken;
  }

  /// A path whose first name has been taken.
  PropertyPath restOfPath(String first) {
    if (token != Token.SLASH) {
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
    Literal taken = literal;
    expect(Token.LITERAL, "a value");
    return Objects.requireNonNull(taken);
  }

  /// Steps over the token if it is this one.
  boolean skip(Token wanted) {
    if (token != wanted) {
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
    return BadRequest.query(
        "Syntax error at position " + tokenStart + " in " + Quoted.of(text) + ": " + problem + ".");
  }

  void advance() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    tokenStart = at;
    literal = null;
    if (at == text.length()) {
      token = Token.END;
      return;
    }
    char c = text.charAt(at);
    switch (c) {
      case '(' -> single(Token.OPEN);
      case ')' -> single(Token.CLOSE);
      case ',' -> single(Token.COMMA);
      case '/' -> single(Token.SLASH);
      case '=' -> single(Token.EQUALS);
      case ':' -> single(Token.COLON);
      case '\'' -> quoted();
      default -> word(c);
    }
  }

  private void single(Token found) {
    token = found;
    at++;
  }

  private void quoted() {
    int start = at + 1;
    int end = text.indexOf('\'', start);
    boolean doubled = false;
    while (end >= 0 && end + 1 < text.length() && text.charAt(end + 1) == '\'') {
      doubled = true;
      end = text.indexOf('\'', end + 2);
    }
    if (end < 0) {
      throw failure("the text is not ended by a single quote");
    }
    String value = text.substring(start, end);
    literal(new Literal.Text(doubled ? value.replace("''", "'") : value));
    at = end + 1;
  }

  private void word(char first) {
    boolean number = isDigit(first) || first == '-';
    if (!number && !isLetter(first)) {
      throw failure("unexpected character " + Quoted.of(String.valueOf(first)));
    }
    int start = at;
    while (at < text.length() && continuesWord(text.charAt(at), number)) {
      at++;
    }
    String word = text.substring(start, at);
    if (number || word.length() == GuidText.LENGTH) {
      Literal value = value(word);
      if (value != null) {
        literal(value);
        return;
      }
    }
    switch (word) {
      case "null" -> literal(new Literal.Null());
      case "true" -> literal(new Literal.YesNo(true));
      case "false" -> literal(new Literal.YesNo(false));
      default -> {
        name(word);
        if (at < text.length() && text.charAt(at) == '\'' && word.contains(".")) {
          enumMember(word);
        }
      }
    }
  }

  private void enumMember(String type) {
    quoted();
    if (literal instanceof Literal.Text(String member)) {
      literal(new Literal.EnumMember(type, member));
    }
  }

  private static @Nullable Literal value(String word) {
    var guid = GuidText.parse(word);
    if (guid != null) {
      return new Literal.Guid(guid);
    }
    BigDecimal number = NumberText.parse(word);
    if (number != null) {
      return isWhole(word) ? whole(number) : new Literal.Fraction(number);
    }
    LocalDate date = TimeText.parseDate(word);
    if (date != null) {
      return new Literal.Date(date);
    }
    Instant time = TimeText.parse(word);
    return time == null ? null : new Literal.DateTime(time);
  }

  private static boolean isWhole(String number) {
    for (int i = 0; i < number.length(); i++) {
      if (!isDigit(number.charAt(i)) && number.charAt(i) != '-') {
        return false;
      }
    }
    return true;
  }

  private static Literal whole(BigDecimal number) {
    return number.toBigInteger().bitLength() < Long.SIZE
        ? new Literal.Whole(number.longValue())
        : new Literal.Fraction(number);
  }

  private void name(String word) {
    boolean valid = isLetter(word.charAt(0)) && word.length() <= NAME_LENGTH_MAX;
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

  /// Whether a text is a name: a letter or underscore, then letters, digits and underscores.
  static boolean isPlainName(String text) {
    if (text.isEmpty() || text.length() > NAME_LENGTH_MAX || !isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!isLetter(text.charAt(i)) && !isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
