package io.rowstream.odata.url;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// A text in double quotes, with the escapes of JSON.
final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /// @return null if it is not one
  static @Nullable String parse(String quoted) {
    try (var json = JSON.createParser(ObjectReadContext.empty(), quoted)) {
      String text = json.nextToken() == JsonToken.VALUE_STRING ? json.getString() : null;
      return json.nextToken() == null ? text : null;
    } catch (JacksonException _) {
      return null;
    }
  }
}
