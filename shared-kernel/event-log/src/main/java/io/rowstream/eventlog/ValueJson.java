package io.rowstream.eventlog;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The JSON of a value in the log: text, whole numbers and booleans as themselves, empty as `null`,
/// every other type as an object with one member that names it, so that a value can be read without
/// knowing the entity type of its time.
public final class ValueJson {

  private ValueJson() {}

  public static void write(JsonGenerator json, Value value) {
    switch (value) {
      case Value.Empty _ -> json.writeNull();
      case Value.Text text -> json.writeString(text.text());
      case Value.Whole whole -> json.writeNumber(whole.number());
      case Value.YesNo yesNo -> json.writeBoolean(yesNo.yes());
      case Value.Decimal decimal -> tagged(json, "decimal", decimal.number().toPlainString());
      case Value.DateTime time -> tagged(json, "time", time.at().toString());
      case Value.Guid guid -> tagged(json, "guid", guid.id().toString());
      case Value.Lookup lookup -> tagged(json, "lookup", lookup.target().toString());
    }
  }

  private static void tagged(JsonGenerator json, String type, String text) {
    json.writeStartObject();
    json.writeStringProperty(type, text);
    json.writeEndObject();
  }

  public static void write(JsonGenerator json, Map<String, Value> values) {
    json.writeStartObject();
    values.forEach((name, value) -> {
      json.writeName(name);
      write(json, value);
    });
    json.writeEndObject();
  }

  /// Reads the value that begins at the current token, and stops at its last token.
  public static Value read(JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_NULL -> Value.empty();
      case VALUE_STRING -> new Value.Text(json.getString());
      case VALUE_NUMBER_INT -> new Value.Whole(json.getLongValue());
      case VALUE_TRUE -> new Value.YesNo(true);
      case VALUE_FALSE -> new Value.YesNo(false);
      case START_OBJECT -> readTagged(json);
      default -> throw new IllegalArgumentException("not a value: " + json.currentToken());
    };
  }

  private static Value readTagged(JsonParser json) {
    String type = json.nextName();
    String text = json.nextStringValue();
    if (type == null || text == null || json.nextToken() != JsonToken.END_OBJECT) {
      throw new IllegalArgumentException("not a value: object with " + type);
    }
    return switch (type) {
      case "decimal" -> new Value.Decimal(new BigDecimal(text));
      case "time" -> new Value.DateTime(time(text));
      case "guid" -> new Value.Guid(UUID.fromString(text));
      case "lookup" -> new Value.Lookup(RecordRef.parse(text));
      default -> throw new IllegalArgumentException("unknown type of value: " + type);
    };
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a time", e);
    }
  }

  /// Reads the object of values that begins at the current token.
  public static Map<String, Value> readAll(JsonParser json) {
    Tokens.expect(JsonToken.START_OBJECT, json);
    var values = new HashMap<String, Value>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      values.put(name, read(json));
    }
    return values;
  }
}
