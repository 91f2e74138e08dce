package io.rowstream.command.domain;

import io.rowstream.language.Value;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The values of new records' auto-number attributes. Thread-safe if its three sources are.
public record AutoNumbers(RunningNumbers numbers, InstantSource clock, RandomGenerator random) {

  /// The same for the members of one change set.
  AutoNumbers ofChangeSet(List<RecordCommand> members) {
    return new AutoNumbers(new NumbersOfChangeSet(numbers, members), clock, random);
  }

  /// Adds a value for each auto-number attribute that has none.
  ///
  /// @throws RefusedException if one has grown too long for its attribute
  void fill(EntityType type, Map<String, Value> values) {
    for (Attribute attribute : type.attributes().values()) {
      if (attribute.type() instanceof AttributeType.Text(int lengthMax, var format)
          && format != null
          && !values.containsKey(attribute.name())) {
        values.put(attribute.name(), value(type, attribute, lengthMax, format));
      }
    }
  }

  private Value value(
      EntityType type, Attribute attribute, int lengthMax, AutoNumberFormat format) {
    long number = numbers.take(type.name(), attribute.name(), 1);
    if (format.length(number) > lengthMax) {
      throw new RefusedException(new Refusal.TextTooLong(type.name(), attribute.name(), lengthMax));
    }
    return new Value.Text(format.value(number, clock.instant(), random));
  }
}
