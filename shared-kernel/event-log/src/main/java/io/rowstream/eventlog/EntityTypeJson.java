package io.rowstream.eventlog;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.entity.Relationship.OnDelete;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The JSON of an entity type's definition in the log.
final class EntityTypeJson {

  private EntityTypeJson() {}

  static void write(JsonGenerator json, EntityType type) {
    json.writeStartObject();
    json.writeStringProperty("name", type.name());
    json.writeStringProperty("set", type.setName());
    json.writeStringProperty("display", type.displayName());
    json.writeStringProperty("primary", type.primaryName());
    json.writeArrayPropertyStart("attributes");
    for (Attribute attribute : type.attributes().values()) {
      AttributeJson.write(json, attribute);
    }
    json.writeEndArray();
    writeRelationships(json, type);
    KeyJson.write(json, type.keys());
    json.writeBooleanProperty("optimistic", type.policies().optimisticConcurrency());
    json.writeBooleanProperty("required", type.policies().versionRequired());
    json.writeBooleanProperty("audit", type.policies().audit());
    if (!type.policies().changeTracking()) {
      json.writeBooleanProperty("tracked", false);
    }
    json.writeArrayPropertyStart("merge");
    for (Set<String> group : type.policies().mergeRules()) {
      json.writeStartArray();
      new TreeSet<>(group).forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /// Only those that are not as they would be if nothing were said.
  private static void writeRelationships(JsonGenerator json, EntityType type) {
    var named =
        type.relationships().stream()
            .filter(each ->
                !each.equals(Relationship.unnamed(type.name(), each.lookup(), each.target())))
            .toList();
    if (named.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("relationships");
    for (Relationship each : named) {
      json.writeStartObject();
      json.writeStringProperty("name", each.name());
      json.writeStringProperty("lookup", each.lookup());
      json.writeStringProperty("target", each.target());
      if (each.onDelete() != OnDelete.REMOVE_LINK) {
        json.writeStringProperty("delete", each.onDelete().name());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// Reads the object that begins at the current token.
  static EntityType read(JsonParser json) {
    Tokens.expect(JsonToken.START_OBJECT, json);
    var texts = new HashMap<String, String>();
    var flags = new HashMap<String, Boolean>();
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    List<Relationship> relationships = new ArrayList<>();
    Map<String, List<String>> keys = Map.of();
    Map<String, List<String>> since = Map.of();
    List<Set<String>> merge = new ArrayList<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      switch (name) {
        case "name", "set", "display", "primary" -> texts.put(name, Tokens.text(json));
        case "optimistic", "required", "audit", "tracked" ->
            flags.put(name, json.getBooleanValue());
        case "attributes" -> {
          Tokens.expect(JsonToken.START_ARRAY, json);
          while (json.nextToken() != JsonToken.END_ARRAY) {
            Attribute attribute = AttributeJson.read(json);
            attributes.put(attribute.name(), attribute);
          }
        }
        case "relationships" -> {
          Tokens.expect(JsonToken.START_ARRAY, json);
          while (json.nextToken() != JsonToken.END_ARRAY) {
            relationships.add(readRelationship(json));
          }
        }
        case "keys" -> keys = KeyJson.read(json);
        case "since" -> since = KeyJson.read(json);
        case "merge" -> {
          Tokens.expect(JsonToken.START_ARRAY, json);
          while (json.nextToken() != JsonToken.END_ARRAY) {
            merge.add(Tokens.texts(json));
          }
        }
        default -> throw unknown(name);
      }
    }
    return new EntityType(
        get(texts, "name"),
        get(texts, "set"),
        get(texts, "display"),
        get(texts, "primary"),
        attributes,
        relationships,
        KeyJson.keys(keys, since),
        new Policies(
            get(flags, "optimistic"),
            get(flags, "required"),
            merge,
            get(flags, "audit"),
            flags.getOrDefault("tracked", true)));
  }

  static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException("unknown member of an entity type: " + name);
  }

  private static Relationship readRelationship(JsonParser json) {
    Tokens.expect(JsonToken.START_OBJECT, json);
    var texts = new HashMap<String, String>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      texts.put(name, Tokens.text(json));
    }
    return new Relationship(
        get(texts, "name"),
        get(texts, "lookup"),
        get(texts, "target"),
        OnDelete.valueOf(texts.getOrDefault("delete", OnDelete.REMOVE_LINK.name())));
  }

  static <T> T get(Map<String, T> members, String name) {
    @Nullable T found = members.get(name);
    if (found == null) {
      throw new IllegalArgumentException("an entity type without " + name);
    }
    return found;
  }
}
