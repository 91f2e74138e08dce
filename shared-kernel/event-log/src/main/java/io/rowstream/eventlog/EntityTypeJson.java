package io.rowstream.eventlog;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Policies;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    json.writeBooleanProperty("optimistic", type.policies().optimisticConcurrency());
    json.writeBooleanProperty("required", type.policies().versionRequired());
    json.writeBooleanProperty("audit", type.policies().audit());
    json.writeArrayPropertyStart("merge");
    for (Set<String> group : type.policies().mergeRules()) {
      json.writeStartArray();
      new TreeSet<>(group).forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeType(JsonGenerator json, AttributeType type) {
    switch (type) {
      case AttributeType.Text text -> {
        json.writeStringProperty("type", "text");
        json.writeNumberProperty("length", text.lengthMax());
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

  static EntityType read(JsonParser json) {
    var texts = new HashMap<String, String>();
    var flags = new HashMap<String, Boolean>();
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    List<Set<String>> merge = new ArrayList<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "attributes" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            Attribute attribute = readAttribute(json);
            attributes.put(attribute.name(), attribute);
          }
        }
        case "merge" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            merge.add(readTexts(json));
          }
        }
        default -> {
          if (token.isBoolean()) {
            flags.put(name, json.getBooleanValue());
          } else {
            texts.put(name, json.getString());
          }
        }
      }
    }
    return new EntityType(
        get(texts, "name"),
        get(texts, "set"),
        get(texts, "display"),
        get(texts, "primary"),
        attributes,
        new Policies(get(flags, "optimistic"), get(flags, "required"), merge, get(flags, "audit")));
  }

  private static Attribute readAttribute(JsonParser json) {
    var texts = new HashMap<String, String>();
    var numbers = new HashMap<String, Integer>();
    Map<Integer, String> options = new HashMap<>();
    Set<String> targets = new HashSet<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "options" -> {
          for (String o = json.nextName(); o != null; o = json.nextName()) {
            options.put(Integer.valueOf(o), Objects.requireNonNull(json.nextStringValue()));
          }
        }
        case "targets" -> targets.addAll(readTexts(json));
        default -> {
          if (token == JsonToken.VALUE_NUMBER_INT) {
            numbers.put(name, json.getIntValue());
          } else {
            texts.put(name, json.getString());
          }
        }
      }
    }
    String type = get(texts, "type");
    AttributeType attributeType =
        switch (type) {
          case "text" -> new AttributeType.Text(get(numbers, "length"));
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

  private static Set<String> readTexts(JsonParser json) {
    var texts = new LinkedHashSet<String>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getString());
    }
    return texts;
  }

  private static <T> T get(Map<String, T> members, String name) {
    @Nullable T found = members.get(name);
    if (found == null) {
      throw new IllegalArgumentException("an entity type without " + name);
    }
    return found;
  }
}
