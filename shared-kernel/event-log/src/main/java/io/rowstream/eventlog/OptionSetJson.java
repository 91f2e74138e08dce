package io.rowstream.eventlog;

import io.rowstream.language.entity.OptionSet;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The JSON of a global option set, and of options wherever they are: the same for equal ones, in
/// every process.
public final class OptionSetJson {

  private OptionSetJson() {}

  public static void write(JsonGenerator json, OptionSet set) {
    json.writeStartObject();
    json.writeStringProperty("name", set.name());
    json.writeStringProperty("display", set.displayName());
    json.writeName("options");
    writeOptions(json, set.options());
    json.writeEndObject();
  }

  public static void writeOptions(JsonGenerator json, Map<Integer, String> options) {
    json.writeStartObject();
    options.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(o -> json.writeStringProperty(o.getKey().toString(), o.getValue()));
    json.writeEndObject();
  }

  /// Reads the object that begins at the current token.
  static OptionSet read(JsonParser json) {
    Tokens.expect(JsonToken.START_OBJECT, json);
    var texts = new HashMap<String, String>();
    Map<Integer, String> options = Map.of();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      switch (name) {
        case "name", "display" -> texts.put(name, Tokens.text(json));
        case "options" -> options = readOptions(json);
        default -> throw new IllegalArgumentException("unknown member of an option set: " + name);
      }
    }
    return new OptionSet(
        EntityTypeJson.get(texts, "name"), EntityTypeJson.get(texts, "display"), options);
  }

  /// Reads the object that begins at the current token.
  static Map<Integer, String> readOptions(JsonParser json) {
    Tokens.expect(JsonToken.START_OBJECT, json);
    var options = new HashMap<Integer, String>();
    for (String o = json.nextName(); o != null; o = json.nextName()) {
      json.nextToken();
      options.put(Integer.valueOf(o), Tokens.text(json));
    }
    return options;
  }
}
