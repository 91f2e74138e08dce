package io.rowstream.eventlog;

import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.entity.Relationship.OnDelete;
import java.math.BigDecimal;
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
      json.writeStartObject();
      json.writeStringProperty("name", attribute.name());
      json.writeStringProperty("display", attribute.displayName());
      writeType(json, attribute.type());
      json.writeEndObject();
    }
    json.writeEndArray();
    writeRelationships(json, type);
    writeKeys(json, type);
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

  private static void writeKeys(JsonGenerator json, EntityType type) {
    if (type.keys().isEmpty()) {
      return;
    }
    json.writeObjectPropertyStart("keys");
    for (AlternateKey key : type.keys()) {
      json.writeArrayPropertyStart(key.name());
      key.attributes().forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeType(JsonGenerator json, AttributeType type) {
    switch (type) {
      case AttributeType.Text text -> {
        json.writeStringProperty("type", "text");
        json.writeNumberProperty("length", text.lengthMax());
        if (text.autoNumber() != null) {
          json.writeStringProperty("autonumber", text.autoNumber().toString());
        }
      }
      case AttributeType.Memo memo -> {
        json.writeStringProperty("type", "memo");
        json.writeNumberProperty("length", memo.lengthMax());
      }
      case AttributeType.WholeNumber whole -> {
        json.writeStringProperty("type", "whole");
        json.writeStringProperty("min", Integer.toString(whole.min()));
        json.writeStringProperty("max", Integer.toString(whole.max()));
      }
      case AttributeType.BigInteger _ -> json.writeStringProperty("type", "big");
      case AttributeType.Decimal decimal ->
          writeNumber(json, "decimal", decimal.min(), decimal.max(), decimal.scale());
      case AttributeType.Money money ->
          writeNumber(json, "money", money.min(), money.max(), money.scale());
      case AttributeType.YesNo _ -> json.writeStringProperty("type", "boolean");
      case AttributeType.DateTime _ -> json.writeStringProperty("type", "datetime");
      case AttributeType.Choice choice -> {
        json.writeStringProperty("type", "choice");
        json.writeObjectPropertyStart("options");
        choice.options().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(o -> json.writeStringProperty(o.getKey().toString(), o.getValue()));
        json.writeEndObject();
      }
      case AttributeType.Lookup lookup -> {
        json.writeStringProperty("type", "lookup");
        json.writeArrayPropertyStart("targets");
        new TreeSet<>(lookup.targets()).forEach(json::writeString);
        json.writeEndArray();
      }
      case AttributeType.Guid _ -> json.writeStringProperty("type", "guid");
    }
  }

  private static void writeNumber(
      JsonGenerator json, String type, BigDecimal min, BigDecimal max, int scale) {
    json.writeStringProperty("type", type);
    json.writeStringProperty("min", min.toPlainString());
    json.writeStringProperty("max", max.toPlainString());
    json.writeNumberProperty("scale", scale);
  }

  /// Reads the object that begins at the current token.
  static EntityType read(JsonParser json) {
    Tokens.expect(JsonToken.START_OBJECT, json);
    var texts = new HashMap<String, String>();
    var flags = new HashMap<String, Boolean>();
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    List<Relationship> relationships = new ArrayList<>();
    List<AlternateKey> keys = new ArrayList<>();
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
            Attribute attribute = readAttribute(json);
            attributes.put(attribute.name(), attribute);
          }
        }
        case "relationships" -> {
          Tokens.expect(JsonToken.START_ARRAY, json);
          while (json.nextToken() != JsonToken.END_ARRAY) {
            relationships.add(readRelationship(json));
          }
        }
        case "keys" -> {
          Tokens.expect(JsonToken.START_OBJECT, json);
          for (String key = json.nextName(); key != null; key = json.nextName()) {
            json.nextToken();
            keys.add(new AlternateKey(key, List.copyOf(Tokens.texts(json))));
          }
        }
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
        keys,
        new Policies(
            get(flags, "optimistic"),
            get(flags, "required"),
            merge,
            get(flags, "audit"),
            flags.getOrDefault("tracked", true)));
  }

  private static IllegalArgumentException unknown(String name) {
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

  private static Attribute readAttribute(JsonParser json) {
    Tokens.expect(JsonToken.START_OBJECT, json);
    var texts = new HashMap<String, String>();
    var numbers = new HashMap<String, Integer>();
    Map<Integer, String> options = new HashMap<>();
    Set<String> targets = Set.of();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      switch (name) {
        case "name", "display", "type", "min", "max", "autonumber" ->
            texts.put(name, Tokens.text(json));
        case "length", "scale" -> numbers.put(name, json.getIntValue());
        case "options" -> {
          Tokens.expect(JsonToken.START_OBJECT, json);
          for (String o = json.nextName(); o != null; o = json.nextName()) {
            json.nextToken();
            options.put(Integer.valueOf(o), Tokens.text(json));
          }
        }
        case "targets" -> targets = Tokens.texts(json);
        default -> throw unknown(name);
      }
    }
    String type = get(texts, "type");
    AttributeType attributeType =
        switch (type) {
          case "text" -> text(get(numbers, "length"), texts.get("autonumber"));
          case "memo" -> new AttributeType.Memo(get(numbers, "length"));
          case "whole" ->
              new AttributeType.WholeNumber(
                  Integer.parseInt(get(texts, "min")), Integer.parseInt(get(texts, "max")));
          case "big" -> new AttributeType.BigInteger();
          case "decimal" ->
              new AttributeType.Decimal(
                  new BigDecimal(get(texts, "min")),
                  new BigDecimal(get(texts, "max")),
                  get(numbers, "scale"));
          case "money" ->
              new AttributeType.Money(
                  new BigDecimal(get(texts, "min")),
                  new BigDecimal(get(texts, "max")),
                  get(numbers, "scale"));
          case "boolean" -> new AttributeType.YesNo();
          case "datetime" -> new AttributeType.DateTime();
          case "choice" -> new AttributeType.Choice(options);
          case "lookup" -> new AttributeType.Lookup(targets);
          case "guid" -> new AttributeType.Guid();
          default -> throw new IllegalArgumentException("unknown type of attribute: " + type);
        };
    return new Attribute(get(texts, "name"), get(texts, "display"), attributeType);
  }

  private static AttributeType.Text text(int lengthMax, @Nullable String autoNumber) {
    return new AttributeType.Text(
        lengthMax, autoNumber == null ? null : AutoNumberFormat.parse(autoNumber));
  }

  private static <T> T get(Map<String, T> members, String name) {
    @Nullable T found = members.get(name);
    if (found == null) {
      throw new IllegalArgumentException("an entity type without " + name);
    }
    return found;
  }
}
