package io.rowstream.command.eventstore;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;

/// Records that count.
final class Counters {
  static final EntityType TYPE =
      EntityType.of(
          "counter",
          "counters",
          "Counter",
          "name",
          new Attribute("name", "Name", new AttributeType.Text(100)),
          new Attribute("count", "Count", new AttributeType.BigInteger()));

  private Counters() {}
}
