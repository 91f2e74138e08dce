package io.rowstream.eventlog;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AutoNumberFormat;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The JSON of an attribute: the same for equal ones, in every process.
public final class AttributeJson {

  private AttributeJson() {}

  public static void write(JsonGenerator json, Attribute attribute) {
    json.writeStartObject();
    json.writeStringProperty("name", attribute.name());
    json.writeStringProperty("display", attribute.displayName());
    writeType(json, attribute.type());
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
      case AttributeType.DateTime(boolean dayOnly) ->
          json.writeStringProperty("type", dayOnly ? "day" : "datetime");
      case AttributeType.Choice choice -> {
        json.writeStringProperty("type", "choice");
        json.writeName("options");
        OptionSetJson.writeOptions(json, choice.options());
        if (choice.global() != null) {
          json.writeStringProperty("global", choice.global().name());
          json.writeStringProperty("globaldisplay", choice.global().displayName());
        }
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
  static Attribute read(JsonParser json) {
    Tokens.expect(JsonToken.START_OBJECT, json);
    var texts = new HashMap<String, String>();
    var numbers = new HashMap<String, Integer>();
    Map<Integer, String> options = Map.of();
    Set<String> targets = Set.of();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      switch (name) {
        case "name", "display", "type", "min", "max", "autonumber", "global", "globaldisplay" ->
            texts.put(name, Tokens.text(json));
        case "length", "scale" -> numbers.put(name, json.getIntValue());
        case "options" -> options = OptionSetJson.readOptions(json);
        case "targets" -> targets = Tokens.texts(json);
        default -> throw EntityTypeJson.unknown(name);
      }
    }
    String type = EntityTypeJson.get(texts, "type");
    AttributeType attributeType =
        switch (type) {
          case "text" -> text(EntityTypeJson.get(numbers, "length"), texts.get("autonumber"));
          case "memo" -> new AttributeType.Memo(EntityTypeJson.get(numbers, "length"));
          case "whole" ->
              new AttributeType.WholeNumber(
                  Integer.parseInt(EntityTypeJson.get(texts, "min")),
                  Integer.parseInt(EntityTypeJson.get(texts, "max")));
          case "big" -> new AttributeType.BigInteger();
          case "decimal" ->
              new AttributeType.Decimal(
                  new BigDecimal(EntityTypeJson.get(texts, "min")),
                  new BigDecimal(EntityTypeJson.get(texts, "max")),
                  EntityTypeJson.get(numbers, "scale"));
          case "money" ->
              new AttributeType.Money(
                  new BigDecimal(EntityTypeJson.get(texts, "min")),
                  new BigDecimal(EntityTypeJson.get(texts, "max")),
                  EntityTypeJson.get(numbers, "scale"));
          case "boolean" -> new AttributeType.YesNo();
          case "datetime" -> new AttributeType.DateTime();
          case "day" -> new AttributeType.DateTime(true);
          case "choice" -> choice(options, texts);
          case "lookup" -> new AttributeType.Lookup(targets);
          case "guid" -> new AttributeType.Guid();
          default -> throw new IllegalArgumentException("unknown type of attribute: " + type);
        };
    return new Attribute(
        EntityTypeJson.get(texts, "name"), EntityTypeJson.get(texts, "display"), attributeType);
  }

  private static AttributeType.Choice choice(
      Map<Integer, String> options, Map<String, String> texts) {
    String global = texts.get("global");
    return new AttributeType.Choice(
        options,
        global == null
            ? null
            : new AttributeType.GlobalSet(global, EntityTypeJson.get(texts, "globaldisplay")));
  }

  private static AttributeType.Text text(int lengthMax, @Nullable String autoNumber) {
    return new AttributeType.Text(
        lengthMax, autoNumber == null ? null : AutoNumberFormat.parse(autoNumber));
  }
}
