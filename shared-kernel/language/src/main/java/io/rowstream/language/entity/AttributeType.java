package io.rowstream.language.entity;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an attribute may hold.
public sealed interface AttributeType {

  /// The longest a memo can be declared, in UTF-16 units.
  int MEMO_LENGTH_MAX = 1_048_576;

  /// The longest a single-line text can be declared, in UTF-16 units.
  int TEXT_LENGTH_MAX = 4_000;

  /// One line of text.
  ///
  /// @param lengthMax in UTF-16 units, as Dataverse counts
  /// @param autoNumber how the value of a new record looks to which its creator gives none; null
  ///   where nothing is given
  record Text(int lengthMax, @Nullable AutoNumberFormat autoNumber) implements AttributeType {
    public Text {
      requireWithin("lengthMax", lengthMax, 1, TEXT_LENGTH_MAX);
      if (autoNumber != null && autoNumber.length(AutoNumberFormat.SEED_DEFAULT) > lengthMax) {
        throw new IllegalArgumentException(
            "auto-numbers do not fit into " + lengthMax + " characters: " + autoNumber);
      }
    }

    public Text(int lengthMax) {
      this(lengthMax, null);
    }
  }

  /// Text of several lines.
  ///
  /// @param lengthMax in UTF-16 units
  record Memo(int lengthMax) implements AttributeType {
    public Memo {
      requireWithin("lengthMax", lengthMax, 1, MEMO_LENGTH_MAX);
    }
  }

  record WholeNumber(int min, int max) implements AttributeType {
    public WholeNumber {
      if (min > max) {
        throw new IllegalArgumentException("min " + min + " is above max " + max);
      }
    }
  }

  record BigInteger() implements AttributeType {}

  /// @param scale digits after the point; more are refused
  record Decimal(BigDecimal min, BigDecimal max, int scale) implements AttributeType {
    public Decimal {
      requireWithin("scale", scale, 0, 10);
      min = normal(min);
      max = normal(max);
    }
  }

  /// @param scale digits after the point; more are refused
  record Money(BigDecimal min, BigDecimal max, int scale) implements AttributeType {
    public Money {
      requireWithin("scale", scale, 0, 4);
      min = normal(min);
      max = normal(max);
    }
  }

  record YesNo() implements AttributeType {}

  /// A moment.
  ///
  /// @param dayOnly whether people are shown the day alone
  record DateTime(boolean dayOnly) implements AttributeType {

    public DateTime() {
      this(false);
    }
  }

  /// One of some numbered options.
  ///
  /// @param global whose options these are; null if they are of this attribute alone
  record Choice(Map<Integer, String> options, @Nullable GlobalSet global) implements AttributeType {
    public Choice {
      options = Map.copyOf(options);
    }

    public Choice(Map<Integer, String> options) {
      this(options, null);
    }
  }

  /// The [OptionSet] a choice shares its options with.
  record GlobalSet(String name, String displayName) {}

  /// A reference to a record of one of the entity types `targets`, by logical name.
  record Lookup(Set<String> targets) implements AttributeType {
    public Lookup {
      targets = Set.copyOf(targets);
      if (targets.isEmpty()) {
        throw new IllegalArgumentException("a lookup needs a target");
      }
    }
  }

  record Guid() implements AttributeType {}

  /// One of the many that are the same number, so that equal types are equal.
  private static BigDecimal normal(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  private static void requireWithin(String what, int found, int min, int max) {
    if (found < min || found > max) {
      throw new IllegalArgumentException(what + " " + found + " is not within " + min + ".." + max);
    }
  }
}
