package io.rowstream.odata.header;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads `Prefer` headers as RFC 7240 writes them: `name`, `name=value`, `name="value"`, each
/// perhaps with parameters behind a semicolon, which are passed over.
final class PreferenceParser {
  private static final String TOKEN = "!#$%&'*+-.^_`|~";
  private static final String ENDS_VALUE = " \t,;\"";

  private final String text;
  private int at;

  private PreferenceParser(String text) {
    this.text = text;
  }

  /// @return the values by name in lower case; empty for a preference without one
  static Map<String, String> parse(List<String> values) {
    var given = new HashMap<String, String>();
    int length = 0;
    for (String value : values) {
      length += value.length();
      if (length > Preferences.LENGTH_MAX) {
        throw BadRequest.query("Prefer is longer than " + Preferences.LENGTH_MAX + " characters.");
      }
      new PreferenceParser(value).into(given);
    }
    return given;
  }

  private void into(Map<String, String> given) {
    do {
      skipBlanks();
      if (at == text.length() || text.charAt(at) == ',') {
        continue;
      }
      String name = token().toLowerCase(Locale.ROOT);
      given.putIfAbsent(name, value());
      while (skip(';')) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) != ';' && text.charAt(at) != ',') {
          token();
          value();
        }
      }
    } while (skip(','));
    if (at < text.length()) {
      throw malformed();
    }
  }

  private String value() {
    if (!skip('=')) {
      return "";
    }
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && ENDS_VALUE.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    var value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    if (at == text.length()) {
      throw malformed();
    }
    at++;
    return value.toString();
  }

  private String token() {
    int start = at;
    while (at < text.length() && isToken(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw malformed();
    }
    return text.substring(start, at);
  }

  private boolean skip(char wanted) {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private static boolean isToken(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN.indexOf(c) >= 0;
  }

  private BadRequest malformed() {
    return BadRequest.query("Prefer " + Quoted.of(text) + " is malformed.");
  }
}
