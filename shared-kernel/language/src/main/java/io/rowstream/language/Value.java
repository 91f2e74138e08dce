package io.rowstream.language;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// The value of one attribute. Equal values are the same value: writing one over the other changes
/// nothing.
public sealed interface Value {

  /// No value. Setting it clears the attribute; an empty string is a value.
  record Empty() implements Value {
    private static final Empty ONLY = new Empty();
  }

  /// Text or memo.
  record Text(String text) implements Value {}

  /// A whole number, big integer or choice.
  record Whole(long number) implements Value {}

  /// A decimal or an amount of money; `1.50` and `1.5` are the same value.
  record Decimal(BigDecimal number) implements Value {
    public Decimal {
      number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
  }

  record YesNo(boolean yes) implements Value {}

  /// A point in time, in microseconds, the precision PostgreSQL keeps.
  record DateTime(Instant at) implements Value {
    public DateTime {
      at = at.truncatedTo(ChronoUnit.MICROS);
    }
  }

  record Guid(UUID id) implements Value {}

  /// A reference to another record.
  record Lookup(RecordRef target) implements Value {}

  static Value empty() {
    return Empty.ONLY;
  }

  static Value text(String text) {
    return new Text(text);
  }

  static Value whole(long number) {
    return new Whole(number);
  }

  default boolean isEmpty() {
    return this instanceof Empty;
  }
}
