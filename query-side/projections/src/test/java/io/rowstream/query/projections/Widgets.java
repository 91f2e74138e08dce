package io.rowstream.query.projections;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// An entity type with an attribute of every type, and values for them.
public final class Widgets {
  private static final BigDecimal FAR = new BigDecimal("100000000000");

  public static final EntityType TYPE =
      EntityType.of(
          "widget",
          "widgets",
          "Widget",
          "name",
          new Attribute("name", "Name", new AttributeType.Text(4_000)),
          new Attribute("notes", "Notes", new AttributeType.Memo(10_000)),
          new Attribute("size", "Size", new AttributeType.WholeNumber(-1_000_000, 1_000_000)),
          new Attribute("serial", "Serial", new AttributeType.BigInteger()),
          new Attribute("weight", "Weight", new AttributeType.Decimal(FAR.negate(), FAR, 10)),
          new Attribute("price", "Price", new AttributeType.Money(FAR.negate(), FAR, 4)),
          new Attribute("fragile", "Fragile", new AttributeType.YesNo()),
          new Attribute("madeon", "Made on", new AttributeType.DateTime()),
          new Attribute("color", "Color", new AttributeType.Choice(Map.of(1, "Red", 2, "Blue"))),
          new Attribute("owner", "Owner", new AttributeType.Lookup(Set.of("account", "contact"))),
          new Attribute("batch", "Batch", new AttributeType.Guid()));

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "Äpfel & Öl",
          "naïve",
          "O'Neil \"quoted\" \\",
          "{\"decimal\":\"1\"}",
          "𝔘𝔫𝔦",
          "\u0001\t\n",
          "100%",
          "a_b",
          "null",
          "ZEBRA",
          "zebra",
          "{a,b}",
          "x".repeat(300));

  private Widgets() {}

  public static RecordRef ref(long number) {
    return new RecordRef(
        "widget", new UUID(0x7700_0000_0000_4000L, 0x8000_0000_0000_0000L | number));
  }

  public static Attribute attribute(String name) {
    return Objects.requireNonNull(TYPE.attribute(name));
  }

  /// Any value the attribute may have, rarely the same twice.
  public static Value anyValue(AttributeType type, Random random) {
    return switch (type) {
      case AttributeType.Text _, AttributeType.Memo _ ->
          Value.text(TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(100));
      case AttributeType.WholeNumber _ -> Value.whole(random.nextInt(-1_000_000, 1_000_000));
      case AttributeType.BigInteger _ -> Value.whole(random.nextLong());
      case AttributeType.Decimal decimal ->
          new Value.Decimal(
              BigDecimal.valueOf(
                  random.nextLong(-FAR.longValue(), FAR.longValue()), decimal.scale()));
      case AttributeType.Money money ->
          new Value.Decimal(BigDecimal.valueOf(random.nextInt(), money.scale()));
      case AttributeType.YesNo _ -> new Value.YesNo(random.nextBoolean());
      case AttributeType.DateTime _ ->
          new Value.DateTime(
              Instant.ofEpochSecond(
                  random.nextLong(-60_000_000_000L, 250_000_000_000L),
                  random.nextInt(1_000_000_000)));
      case AttributeType.Choice _ -> Value.whole(random.nextInt(1, 3));
      case AttributeType.Lookup _ ->
          new Value.Lookup(
              new RecordRef(random.nextBoolean() ? "account" : "contact", anyId(random)));
      case AttributeType.Guid _ -> new Value.Guid(anyId(random));
    };
  }

  public static UUID anyId(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }
}
