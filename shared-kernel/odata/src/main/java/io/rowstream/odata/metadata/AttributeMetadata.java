package io.rowstream.odata.metadata;

import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.metadata.MetadataType.Family;
import java.math.BigDecimal;
import java.util.List;

/// What `Attributes` says about one attribute: the same for all, and more for each type of value.
final class AttributeMetadata {

  private static final MetadataType<AttributeDefinition> COMMON =
      MetadataType.<AttributeDefinition>named("AttributeMetadata")
          .with(MetadataType.ID, attribute -> MetadataValue.of(attribute.id()))
          .with("LogicalName", attribute -> MetadataValue.of(attribute.name()))
          .with("SchemaName", attribute -> MetadataValue.of(attribute.name()))
          .with("EntityLogicalName", attribute -> MetadataValue.of(attribute.owner().name()))
          .with("AttributeType", attribute -> MetadataValue.of(typeName(attribute)))
          .with(
              "AttributeTypeName",
              attribute -> MetadataValue.wrapped(MetadataValue.of(typeName(attribute) + "Type")))
          .with("DisplayName", attribute -> Label.of(attribute.displayName(), attribute.name()))
          .with("Description", _ -> Label.NONE)
          .with("RequiredLevel", AttributeMetadata::requiredLevel)
          .with("IsPrimaryId", attribute -> MetadataValue.of(attribute.isPrimaryId()))
          .with("IsPrimaryName", attribute -> MetadataValue.of(attribute.isPrimaryName()))
          .with("IsCustomAttribute", attribute -> MetadataValue.of(attribute.name().contains("_")))
          .with("IsValidForCreate", attribute -> MetadataValue.of(!attribute.isStamp()))
          .with("IsValidForRead", _ -> MetadataValue.of(true))
          .with(
              "IsValidForUpdate",
              attribute -> MetadataValue.of(!attribute.isStamp() && !attribute.isPrimaryId()))
          .with("AttributeOf", _ -> MetadataValue.nothing());

  private static final MetadataType<AttributeDefinition> TEXT =
      COMMON
          .derive("StringAttributeMetadata")
          .with("MaxLength", AttributeMetadata::lengthMax)
          .with("AutoNumberFormat", AttributeMetadata::autoNumberFormat);
  private static final MetadataType<AttributeDefinition> MEMO =
      COMMON.derive("MemoAttributeMetadata").with("MaxLength", AttributeMetadata::lengthMax);
  private static final MetadataType<AttributeDefinition> WHOLE_NUMBER =
      number("IntegerAttributeMetadata");
  private static final MetadataType<AttributeDefinition> BIG_INTEGER =
      number("BigIntAttributeMetadata");
  private static final MetadataType<AttributeDefinition> DECIMAL =
      number("DecimalAttributeMetadata").with("Precision", AttributeMetadata::scale);
  private static final MetadataType<AttributeDefinition> MONEY =
      number("MoneyAttributeMetadata").with("Precision", AttributeMetadata::scale);
  private static final MetadataType<AttributeDefinition> YES_NO =
      COMMON.derive("BooleanAttributeMetadata");
  private static final MetadataType<AttributeDefinition> DATE_TIME =
      COMMON
          .derive("DateTimeAttributeMetadata")
          .with("Format", AttributeMetadata::timeFormat)
          .with("DateTimeBehavior", _ -> MetadataValue.wrapped(MetadataValue.of("UserLocal")));
  private static final MetadataType<AttributeDefinition> CHOICE =
      COMMON
          .derive("PicklistAttributeMetadata")
          .leadingTo(
              "OptionSet", Family.of(OptionSetMetadata.TYPE), false, OptionSetMetadata::ofChoice)
          .leadingTo(
              "GlobalOptionSet",
              Family.of(OptionSetMetadata.TYPE),
              false,
              OptionSetMetadata::ofGlobal);
  private static final MetadataType<AttributeDefinition> LOOKUP =
      COMMON.derive("LookupAttributeMetadata").with("Targets", AttributeMetadata::targets);
  private static final MetadataType<AttributeDefinition> GUID =
      COMMON.derive("UniqueIdentifierAttributeMetadata");

  static final Family<AttributeDefinition> FAMILY =
      new Family<>(
          COMMON,
          List.of(
              TEXT,
              MEMO,
              WHOLE_NUMBER,
              BIG_INTEGER,
              DECIMAL,
              MONEY,
              YES_NO,
              DATE_TIME,
              CHOICE,
              LOOKUP,
              GUID),
          attribute -> type(attribute.type()));

  private AttributeMetadata() {}

  private static MetadataType<AttributeDefinition> number(String name) {
    return COMMON
        .derive(name)
        .with("MinValue", attribute -> new MetadataValue.Numeric(range(attribute).min))
        .with("MaxValue", attribute -> new MetadataValue.Numeric(range(attribute).max));
  }

  private static MetadataType<AttributeDefinition> type(AttributeType type) {
    return switch (type) {
      case AttributeType.Text _ -> TEXT;
      case AttributeType.Memo _ -> MEMO;
      case AttributeType.WholeNumber _ -> WHOLE_NUMBER;
      case AttributeType.BigInteger _ -> BIG_INTEGER;
      case AttributeType.Decimal _ -> DECIMAL;
      case AttributeType.Money _ -> MONEY;
      case AttributeType.YesNo _ -> YES_NO;
      case AttributeType.DateTime _ -> DATE_TIME;
      case AttributeType.Choice _ -> CHOICE;
      case AttributeType.Lookup _ -> LOOKUP;
      case AttributeType.Guid _ -> GUID;
    };
  }

  /// The word for the type is that of its class, but for one that is spelt otherwise.
  private static String typeName(AttributeDefinition attribute) {
    return attribute.type() instanceof AttributeType.Guid
        ? "Uniqueidentifier"
        : type(attribute.type()).name().replace("AttributeMetadata", "");
  }

  private static MetadataValue requiredLevel(AttributeDefinition attribute) {
    return MetadataValue.wrapped(
        MetadataValue.of(attribute.isPrimaryId() ? "SystemRequired" : "None"));
  }

  private static MetadataValue lengthMax(AttributeDefinition attribute) {
    return switch (attribute.type()) {
      case AttributeType.Text text -> MetadataValue.of(text.lengthMax());
      case AttributeType.Memo(int lengthMax) -> MetadataValue.of(lengthMax);
      default -> MetadataValue.nothing();
    };
  }

  private static MetadataValue autoNumberFormat(AttributeDefinition attribute) {
    return attribute.type() instanceof AttributeType.Text text && text.autoNumber() != null
        ? MetadataValue.of(text.autoNumber().toString())
        : MetadataValue.nothing();
  }

  private static MetadataValue timeFormat(AttributeDefinition attribute) {
    boolean day = attribute.type() instanceof AttributeType.DateTime(boolean dayOnly) && dayOnly;
    return MetadataValue.of(day ? "DateOnly" : "DateAndTime");
  }

  private record Range(BigDecimal min, BigDecimal max, int scale) {
    static Range of(long min, long max) {
      return new Range(BigDecimal.valueOf(min), BigDecimal.valueOf(max), 0);
    }
  }

  private static Range range(AttributeDefinition attribute) {
    return switch (attribute.type()) {
      case AttributeType.WholeNumber(int min, int max) -> Range.of(min, max);
      case AttributeType.Decimal(var min, var max, int scale) -> new Range(min, max, scale);
      case AttributeType.Money(var min, var max, int scale) -> new Range(min, max, scale);
      default -> Range.of(Long.MIN_VALUE, Long.MAX_VALUE);
    };
  }

  private static MetadataValue scale(AttributeDefinition attribute) {
    return MetadataValue.of(range(attribute).scale);
  }

  private static MetadataValue targets(AttributeDefinition attribute) {
    return attribute.type() instanceof AttributeType.Lookup(var targets)
        ? new MetadataValue.Elements(targets.stream().sorted().map(MetadataValue::of).toList())
        : MetadataValue.nothing();
  }
}
