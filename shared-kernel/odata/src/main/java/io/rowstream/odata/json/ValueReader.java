package io.rowstream.odata.json;

import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal.InvalidValue;
import io.rowstream.language.refusal.Refusal.TextTooLong;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.text.GuidText;
import io.rowstream.odata.text.NumberText;
import io.rowstream.odata.text.PlainText;
import io.rowstream.odata.text.TimeText;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads one JSON value as the type of its attribute demands.
final class ValueReader {

  private final JsonParser json;
  private final EntityType entityType;
  private final Attribute attribute;

  private ValueReader(JsonParser json, EntityType entityType, Attribute attribute) {
    this.json = json;
    this.entityType = entityType;
    this.attribute = attribute;
  }

  /// @param json stands on the value
  static Value read(JsonParser json, EntityType entityType, Attribute attribute) {
    return json.currentToken() == JsonToken.VALUE_NULL
        ? Value.empty()
        : new ValueReader(json, entityType, attribute).read();
  }

  private Value read() {
    return switch (attribute.type()) {
      case AttributeType.Text text -> text(text.lengthMax());
      case AttributeType.Memo(int lengthMax) -> text(lengthMax);
      case AttributeType.WholeNumber(int min, int max) -> whole(min, max);
      case AttributeType.BigInteger _ -> whole(Long.MIN_VALUE, Long.MAX_VALUE);
      case AttributeType.Decimal(var min, var max, int scale) -> decimal(min, max, scale);
      case AttributeType.Money(var min, var max, int scale) -> decimal(min, max, scale);
      case AttributeType.YesNo _ -> yesNo();
      case AttributeType.DateTime _ -> time();
      case AttributeType.Choice choice -> choice(choice);
      case AttributeType.Guid _ -> guid();
      case AttributeType.Lookup _ ->
          throw invalid("a lookup is set by binding its navigation property");
    };
  }

  private Value text(int lengthMax) {
    String text = string("text is expected");
    if (text.length() > lengthMax) {
      throw new RefusedException(new TextTooLong(entityType.name(), attribute.name(), lengthMax));
    }
    String flaw = PlainText.flaw(text);
    if (flaw != null) {
      throw invalid(flaw);
    }
    return new Value.Text(text);
  }

  private Value whole(long min, long max) {
    Long number = wholeNumber();
    if (number == null || number < min || number > max) {
      throw invalid("a whole number from " + min + " to " + max + " is expected");
    }
    return new Value.Whole(number);
  }

  private Value choice(AttributeType.Choice choice) {
    Long number = wholeNumber();
    if (number == null
        || number.intValue() != number
        || !choice.options().containsKey(number.intValue())) {
      throw invalid("the number of one of its options is expected");
    }
    return new Value.Whole(number);
  }

  private @Nullable Long wholeNumber() {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return null;
    }
    return switch (json.getNumberType()) {
      case INT, LONG -> json.getLongValue();
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> null;
    };
  }

  private Value decimal(BigDecimal min, BigDecimal max, int scale) {
    JsonToken token = json.currentToken();
    BigDecimal number =
        token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT
            ? NumberText.parse(json.getString())
            : null;
    if (number == null || number.compareTo(min) < 0 || number.compareTo(max) > 0) {
      throw invalid(
          "a number from " + min.toPlainString() + " to " + max.toPlainString() + " is expected");
    }
    var value = new Value.Decimal(number);
    if (value.number().scale() > scale) {
      throw invalid("at most " + scale + " digits after the point are expected");
    }
    return value;
  }

  private Value yesNo() {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> new Value.YesNo(true);
      case VALUE_FALSE -> new Value.YesNo(false);
      case null, default -> throw invalid("true or false is expected");
    };
  }

  private Value time() {
    String expected = "a time such as 2026-11-21T10:00:00Z is expected";
    var at = TimeText.parse(string(expected));
    if (at == null) {
      throw invalid(expected);
    }
    return new Value.DateTime(at);
  }

  private Value guid() {
    UUID id = GuidText.parse(string("a guid is expected"));
    if (id == null) {
      throw invalid("a guid is expected");
    }
    return new Value.Guid(id);
  }

  private String string(String expected) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw invalid(expected);
    }
    return json.getString();
  }

  private RefusedException invalid(String reason) {
    return new RefusedException(new InvalidValue(entityType.name(), attribute.name(), reason));
  }
}
