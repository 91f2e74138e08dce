package io.rowstream.odata.definition;

import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The kinds of attributes a client can ask for, and what they are when it says no more.
final class AttributeKind {
  private static final int LENGTH_DEFAULT = 100;
  private static final int MEMO_LENGTH_DEFAULT = 2_000;
  private static final BigDecimal DECIMAL_MAX = new BigDecimal("100000000000");
  private static final BigDecimal MONEY_MAX = new BigDecimal("922337203685477");
  private static final int SCALE_DEFAULT = 2;

  private static final Map<String, AttributeType> DEFAULTS =
      Map.ofEntries(
          Map.entry("string", new AttributeType.Text(LENGTH_DEFAULT)),
          Map.entry("memo", new AttributeType.Memo(MEMO_LENGTH_DEFAULT)),
          Map.entry("integer", new AttributeType.WholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry("bigint", new AttributeType.BigInteger()),
          Map.entry(
              "decimal",
              new AttributeType.Decimal(DECIMAL_MAX.negate(), DECIMAL_MAX, SCALE_DEFAULT)),
          Map.entry("money", new AttributeType.Money(MONEY_MAX.negate(), MONEY_MAX, SCALE_DEFAULT)),
          Map.entry("boolean", new AttributeType.YesNo()),
          Map.entry("datetime", new AttributeType.DateTime()),
          Map.entry("picklist", new AttributeType.Choice(Map.of())),
          Map.entry("uniqueidentifier", new AttributeType.Guid()));

  private AttributeKind() {}

  /// The farthest from 0 a bound of numbers of this type may be.
  static BigDecimal limit(AttributeType type) {
    return type instanceof AttributeType.Money ? MONEY_MAX : DECIMAL_MAX;
  }

  /// Takes the members that say of which kind an attribute is.
  ///
  /// @return null if none does
  /// @throws BadRequest if two disagree
  static @Nullable String name(JsonObject json) {
    String type = Names.type(json);
    JsonObject typeName = json.object("AttributeTypeName");
    String first = type == null ? null : without(type, "AttributeMetadata");
    String second = json.text("AttributeType");
    String value = typeName == null ? null : typeName.text("Value");
    String third = value == null ? null : without(value, "Type");
    return agreed(agreed(first, second), third);
  }

  private static String without(String text, String end) {
    if (!text.endsWith(end)) {
      throw BadRequest.payload("There is no type " + Quoted.of(text) + " of attributes.");
    }
    return text.substring(0, text.length() - end.length());
  }

  private static @Nullable String agreed(@Nullable String one, @Nullable String other) {
    if (one != null && other != null && !one.equalsIgnoreCase(other)) {
      throw BadRequest.payload(
          "An attribute is of one type, not of "
              + Quoted.of(one)
              + " and "
              + Quoted.of(other)
              + ".");
    }
    return one == null ? other : one;
  }

  /// @param name as the metadata has it, in any case
  /// @throws BadRequest if there are no such attributes, or they are not made so
  static AttributeType byName(String name) {
    AttributeType type = DEFAULTS.get(Names.lower(name));
    if (type != null) {
      return type;
    }
    throw BadRequest.payload(
        Names.lower(name).equals("lookup")
            ? "A lookup is made with its relationship: POST it to RelationshipDefinitions."
            : "Attributes of the type " + Quoted.of(name) + " are not supported.");
  }

  /// The kind an attribute is of, as the metadata has it, in lower case.
  static String of(AttributeType type) {
    return switch (type) {
      case AttributeType.Text _ -> "string";
      case AttributeType.Memo _ -> "memo";
      case AttributeType.WholeNumber _ -> "integer";
      case AttributeType.BigInteger _ -> "bigint";
      case AttributeType.Decimal _ -> "decimal";
      case AttributeType.Money _ -> "money";
      case AttributeType.YesNo _ -> "boolean";
      case AttributeType.DateTime _ -> "datetime";
      case AttributeType.Choice _ -> "picklist";
      case AttributeType.Lookup _ -> "lookup";
      case AttributeType.Guid _ -> "uniqueidentifier";
    };
  }
}
