package io.rowstream.odata.url;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

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
}
