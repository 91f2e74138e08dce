package io.rowstream.eventlog;

import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Makes sure that a payload has, at the current token, what every version has written there.
final class Tokens {

  private Tokens() {}

  /// @throws IllegalArgumentException if the current token is another
  static void expect(JsonToken wanted, JsonParser json) {
    if (json.currentToken() != wanted) {
      throw new IllegalArgumentException("expected " + wanted + ", found " + json.currentToken());
    }
  }

  static String text(JsonParser json) {
    expect(JsonToken.VALUE_STRING, json);
    return json.getString();
  }

  /// Reads the array of texts that begins at the current token.
  static Set<String> texts(JsonParser json) {
    expect(JsonToken.START_ARRAY, json);
    var texts = new LinkedHashSet<String>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(json));
    }
    return texts;
  }
}
