package io.rowstream.eventlog;

import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.AlternateKey.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The JSON of alternate keys in an entity type's definition: `keys`, what they are made of, and
/// `since`, from when on and how far those are in force that came later than the entity type.
final class KeyJson {

  private KeyJson() {}

  static void write(JsonGenerator json, List<AlternateKey> keys) {
    if (keys.isEmpty()) {
      return;
    }
    json.writeObjectPropertyStart("keys");
    for (AlternateKey key : keys) {
      json.writeArrayPropertyStart(key.name());
      key.attributes().forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndObject();
    writeSince(json, keys.stream().filter(key -> key.since() > 0).toList());
  }

  private static void writeSince(JsonGenerator json, List<AlternateKey> keys) {
    if (keys.isEmpty()) {
      return;
    }
    json.writeObjectPropertyStart("since");
    for (AlternateKey key : keys) {
      json.writeArrayPropertyStart(key.name());
      json.writeString(Long.toString(key.since()));
      json.writeString(key.status().name());
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /// Reads either object, which begins at the current token.
  static Map<String, List<String>> read(JsonParser json) {
    Tokens.expect(JsonToken.START_OBJECT, json);
    var lists = new LinkedHashMap<String, List<String>>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      lists.put(name, List.copyOf(Tokens.texts(json)));
    }
    return lists;
  }

  static List<AlternateKey> keys(
      Map<String, List<String>> attributes, Map<String, List<String>> since) {
    var keys = new ArrayList<AlternateKey>();
    attributes.forEach((name, of) -> {
      var key = new AlternateKey(name, of);
      var later = since.get(name);
      keys.add(later == null ? key : later(key, later));
    });
    return keys;
  }

  private static AlternateKey later(AlternateKey key, List<String> said) {
    if (said.size() != 2) {
      throw new IllegalArgumentException("a key is in force since when, and how far");
    }
    return key.since(Long.parseLong(said.getFirst()), Status.valueOf(said.getLast()));
  }
}
