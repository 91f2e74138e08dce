package io.rowstream.command.domain;

import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether values are ones an entity type's attributes may hold.
final class AttributeRules {

  private AttributeRules() {}

  /// @throws RefusedException if one is not
  static void check(EntityType type, Map<String, Value> values) {
    values.forEach((name, value) -> {
      Attribute attribute = type.attribute(name);
      if (attribute == null) {
        throw invalid(type, name, "there is no such attribute");
      }
      if (!value.isEmpty()) {
        check(type, attribute, value);
      }
    });
  }

  private static void check(EntityType type, Attribute attribute, Value value) {
    String name = attribute.name();
    String reason =
        switch (attribute.type()) {
          case AttributeType.Text text -> text(type, name, value, text.lengthMax());
          case AttributeType.Memo memo -> text(type, name, value, memo.lengthMax());
          case AttributeType.WholeNumber(int min, int max) -> whole(value, min, max);
          case AttributeType.BigInteger _ -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
          case AttributeType.Decimal(BigDecimal min, BigDecimal max, int scale) ->
              decimal(value, min, max, scale);
          case AttributeType.Money(BigDecimal min, BigDecimal max, int scale) ->
              decimal(value, min, max, scale);
          case AttributeType.YesNo _ ->
              value instanceof Value.YesNo ? null : "expected true or false";
          case AttributeType.DateTime _ ->
              value instanceof Value.DateTime ? null : "expected a date and time";
          case AttributeType.Choice choice ->
              value instanceof Value.Whole(long number)
                      && number == (int) number
                      && choice.options().containsKey((int) number)
                  ? null
                  : "expected one of the options " + choice.options().keySet();
          case AttributeType.Lookup lookup ->
              value instanceof Value.Lookup(var target)
                      && lookup.targets().contains(target.entityType())
                  ? null
                  : "expected a reference to " + String.join(" or ", lookup.targets());
          case AttributeType.Guid _ -> value instanceof Value.Guid ? null : "expected a guid";
        };
    if (reason != null) {
      throw invalid(type, name, reason);
    }
  }

  private static @Nullable String text(EntityType type, String name, Value value, int lengthMax) {
    if (!(value instanceof Value.Text(String text))) {
      return "expected text";
    }
    if (text.length() > lengthMax) {
      throw new RefusedException(new Refusal.TextTooLong(type.name(), name, lengthMax));
    }
    if (text.indexOf(0) >= 0) {
      return "text holds no NUL";
    }
    return StandardCharsets.UTF_8.newEncoder().canEncode(text)
        ? null
        : "text holds no half of a surrogate pair";
  }

  private static @Nullable String whole(Value value, long min, long max) {
    return value instanceof Value.Whole(long number) && number >= min && number <= max
        ? null
        : "expected a whole number from " + min + " to " + max;
  }

  private static @Nullable String decimal(Value value, BigDecimal min, BigDecimal max, int scale) {
    return value instanceof Value.Decimal(BigDecimal number)
            && number.scale() <= scale
            && number.compareTo(min) >= 0
            && number.compareTo(max) <= 0
        ? null
        : "expected a number from %s to %s with at most %d digits after the point"
            .formatted(min.toPlainString(), max.toPlainString(), scale);
  }

  private static RefusedException invalid(EntityType type, String attribute, String reason) {
    return new RefusedException(new Refusal.InvalidValue(type.name(), attribute, reason));
  }
}
