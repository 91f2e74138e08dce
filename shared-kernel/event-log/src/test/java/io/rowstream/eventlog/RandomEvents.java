package io.rowstream.eventlog;

import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.OptionSetEvent.OptionSetDefined;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// Anything the log may hold, by chance. The seed is printed; `-Drowstream.seed=<n>` repeats a run.
final class RandomEvents {
  private final Random random;

  RandomEvents() {
    long seed = Long.getLong("rowstream.seed", new Random().nextLong());
    System.out.println("seed=" + seed + " replay with -Drowstream.seed=" + seed);
    random = new Random(seed);
  }

  Random random() {
    return random;
  }

  Origin origin() {
    return new Origin(text(1 + random.nextInt(30)), random.nextBoolean() ? text(10) : null, id());
  }

  LogEvent event() {
    return switch (random.nextInt(7)) {
      case 0 -> new RecordCreated(values());
      case 1 -> new RecordUpdated(changes(), random.nextBoolean(), random.nextBoolean(), names());
      case 2 -> new RecordDeleted(values(), random.nextBoolean(), names());
      case 3 ->
          new RecordRestored(changes(), random.nextLong(1_000), random.nextBoolean(), names());
      case 4 -> new EntityTypeRemoved(text(10));
      case 5 ->
          new OptionSetDefined(
              new OptionSet("S" + random.nextInt(100), text(10), Map.of(random.nextInt(), text(5))),
              names());
      default -> new EntityTypeDefined(entityType());
    };
  }

  EntityType entityType() {
    var attributes = new ArrayList<Attribute>();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      attributes.add(new Attribute("a" + i, text(10), attributeType()));
    }
    var type =
        EntityType.of(
            "t" + random.nextInt(100),
            "ts" + random.nextInt(100),
            text(12),
            "a1",
            attributes.toArray(Attribute[]::new));
    boolean optimistic = random.nextBoolean();
    List<Set<String>> groups =
        attributes.size() < 3 ? List.of() : List.of(Set.of("a1", "a2"), Set.of("a2", "a3"));
    return type.with(
        new Policies(
            optimistic,
            optimistic && random.nextBoolean(),
            groups,
            random.nextBoolean(),
            random.nextBoolean()));
  }

  private AttributeType attributeType() {
    return switch (random.nextInt(13)) {
      case 0 -> new AttributeType.Text(1 + random.nextInt(4_000));
      case 1 -> new AttributeType.Memo(1 + random.nextInt(1_048_576));
      case 2 -> new AttributeType.WholeNumber(Integer.MIN_VALUE, random.nextInt());
      case 3 -> new AttributeType.BigInteger();
      case 4 -> new AttributeType.Decimal(number(), number(), random.nextInt(11));
      case 5 -> new AttributeType.Money(number(), number(), random.nextInt(5));
      case 6 -> new AttributeType.YesNo();
      case 7 -> new AttributeType.DateTime(random.nextBoolean());
      case 8 -> new AttributeType.Choice(Map.of(random.nextInt(), text(5), -7, text(3)));
      case 11 ->
          new AttributeType.Choice(
              Map.of(random.nextInt(), text(5)), new AttributeType.GlobalSet("S", text(9)));
      case 9 -> new AttributeType.Lookup(Set.of("account", "contact"));
      case 10 -> new AttributeType.Text(100, AutoNumberFormat.parse("A-{SEQNUM:4}-{RANDSTRING:2}"));
      default -> new AttributeType.Guid();
    };
  }

  Map<String, Value> values() {
    var values = new HashMap<String, Value>();
    names().forEach(name -> values.put(name, value()));
    return values;
  }

  private Map<String, Change> changes() {
    var changes = new HashMap<String, Change>();
    for (String name : names()) {
      Value before = random.nextInt(4) == 0 ? Value.empty() : value();
      Value after = random.nextInt(4) == 0 ? Value.empty() : value();
      if (!before.equals(after)) {
        changes.put(name, new Change(before, after));
      }
    }
    return changes;
  }

  private Set<String> names() {
    var names = new HashSet<String>();
    for (int i = random.nextInt(6); i > 0; i--) {
      names.add("n" + random.nextInt(50));
    }
    return names;
  }

  Value value() {
    return switch (random.nextInt(7)) {
      case 0 -> Value.text(text(random.nextInt(40)));
      case 1 -> Value.whole(random.nextBoolean() ? random.nextLong() : random.nextInt(100));
      case 2 -> new Value.Decimal(number());
      case 3 -> new Value.YesNo(random.nextBoolean());
      case 4 ->
          new Value.DateTime(
              Instant.ofEpochSecond(
                  random.nextLong(-62_135_596_800L, 253_402_300_800L),
                  random.nextInt(1_000_000_000)));
      case 5 -> new Value.Guid(id());
      default -> new Value.Lookup(new RecordRef("account", id()));
    };
  }

  private BigDecimal number() {
    return new BigDecimal(new BigInteger(1 + random.nextInt(80), random), random.nextInt(20) - 5)
        .multiply(BigDecimal.valueOf(random.nextInt(3) - 1L));
  }

  private UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /// Text of any code points at all, also those JSON must escape.
  private String text(int lengthMax) {
    var text = new StringBuilder();
    for (int i = random.nextInt(lengthMax + 1); i > 0; i--) {
      text.appendCodePoint(
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> "\"\\/{}[]:,'\u007f\u2028\u2029\ufeff".charAt(random.nextInt(14));
            case 2 -> 0x1F300 + random.nextInt(0x200);
            default -> 'a' + random.nextInt(26);
          });
    }
    return text.toString();
  }
}
