package io.rowstream.odata.json;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Arguments of functions that are one JSON object, in double or single quotes, without objects
/// inside.
public final class FlatJson {
  private static final JsonFactory FACTORY =
      WireJson.FACTORY.rebuild().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  private FlatJson() {}

  /// @return members as text: `true`, `12`, or what stands in quotes; none is null
  /// @throws BadRequest if the text is no such object
  public static SequencedMap<String, String> read(String text) {
    var members = new LinkedHashMap<String, String>();
    try (var json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw malformed(text);
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        take(name, json, members, text);
      }
      if (json.nextToken() != null) {
        throw malformed(text);
      }
    } catch (JacksonException _) {
      throw malformed(text);
    }
    return members;
  }

  private static void take(
      String name, JsonParser json, SequencedMap<String, String> members, String text) {
    switch (json.nextToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_TRUE, VALUE_FALSE ->
          members.put(name, json.getString());
      case VALUE_NULL -> {
        // As if it were not there.
      }
      default -> throw malformed(text);
    }
  }

  private static BadRequest malformed(String text) {
    return BadRequest.query("A flat JSON object is expected, not " + Quoted.of(text) + ".");
  }
}
