package io.rowstream.odata.url;

import io.rowstream.odata.text.GuidText;
import io.rowstream.odata.text.NumberText;
import io.rowstream.odata.text.TimeText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A value written in a URL. It gets the type of an attribute only when it is compared with one.
public sealed interface Literal extends Operand {

  /// `'O''Neil'`
  record Text(String value) implements Literal {
    @Override
    public String text() {
      return '\'' + value.replace("'", "''") + '\'';
    }
  }

  record Guid(UUID value) implements Literal {
    @Override
    public String text() {
      return value.toString();
    }
  }

  /// A number without a fraction that fits 64 bits.
  record Whole(long value) implements Literal {
    @Override
    public String text() {
      return Long.toString(value);
    }
  }

  /// Any other number.
  record Fraction(BigDecimal value) implements Literal {
    @Override
    public String text() {
      return value.toString();
    }
  }

  record YesNo(boolean value) implements Literal {
    @Override
    public String text() {
      return Boolean.toString(value);
    }
  }

  record Date(LocalDate value) implements Literal {
    @Override
    public String text() {
      return value.toString();
    }
  }

  record DateTime(Instant value) implements Literal {
    @Override
    public String text() {
      return value.toString();
    }
  }

  /// `Microsoft.Dynamics.CRM.AttributeTypeCode'String'`
  record EnumMember(String type, String member) implements Literal {
    @Override
    public String text() {
      return type + '\'' + member.replace("'", "''") + '\'';
    }
  }

  record Null() implements Literal {
    @Override
    public String text() {
      return "null";
    }
  }

  /// The value a word without quotes stands for: `true`, `-1.5`, `2026-11-21`, a guid …
  ///
  /// @return null if it stands for none
  static @Nullable Literal ofWord(String word) {
    return switch (word) {
      case "null" -> new Null();
      case "true" -> new YesNo(true);
      case "false" -> new YesNo(false);
      default -> ofNumberLike(word);
    };
  }

  private static @Nullable Literal ofNumberLike(String word) {
    UUID guid = GuidText.parse(word);
    if (guid != null) {
      return new Guid(guid);
    }
    BigDecimal number = NumberText.parse(word);
    if (number != null) {
      boolean whole = word.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
      return whole && number.toBigInteger().bitLength() < Long.SIZE
          ? new Whole(number.longValue())
          : new Fraction(number);
    }
    LocalDate date = TimeText.parseDate(word);
    if (date != null) {
      return new Date(date);
    }
    Instant time = TimeText.parse(word);
    return time == null ? null : new DateTime(time);
  }
}
