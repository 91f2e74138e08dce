package io.rowstream.odata.query;

import io.rowstream.language.Value;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.text.GuidText;
import io.rowstream.odata.url.Literal;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Gives a literal the type of the column it stands against.
final class LiteralTyping {

  private LiteralTyping() {}

  /// @param literal not null
  static Value value(Column column, Literal literal) {
    @Nullable Value value =
        switch (column.type()) {
          case AttributeType.Text _, AttributeType.Memo _ ->
              literal instanceof Literal.Text(String text) ? new Value.Text(text) : null;
          case AttributeType.WholeNumber _, AttributeType.BigInteger _, AttributeType.Choice _ ->
              whole(literal);
          case AttributeType.Decimal _, AttributeType.Money _ -> decimal(literal);
          case AttributeType.YesNo _ ->
              literal instanceof Literal.YesNo(boolean yes) ? new Value.YesNo(yes) : null;
          case AttributeType.DateTime _ -> time(literal);
          case AttributeType.Lookup _, AttributeType.Guid _ -> guid(literal);
        };
    if (value == null) {
      throw BadRequest.query(
          "The value "
              + Quoted.of(literal.text())
              + " does not fit property "
              + Quoted.of(column.wireName())
              + ".");
    }
    return value;
  }

  /// What a query function means by a value, which it may have as text whatever its type.
  ///
  /// @return the literal itself where it fits as it is, or not at all
  static Literal ofText(Column column, Literal literal) {
    if (column.type() instanceof AttributeType.Text
        || column.type() instanceof AttributeType.Memo
        || !(literal instanceof Literal.Text(String text))) {
      return literal;
    }
    String word = text.strip();
    boolean braces = word.length() == GuidText.LENGTH + 2 && word.startsWith("{");
    Literal found = Literal.ofWord(braces ? word.substring(1, word.length() - 1) : word);
    if (column.type() instanceof AttributeType.YesNo
        && found instanceof Literal.Whole(long bit)
        && (bit == 0 || bit == 1)) {
      return new Literal.YesNo(bit == 1);
    }
    return found == null || found instanceof Literal.Null ? literal : found;
  }

  private static @Nullable Value whole(Literal literal) {
    return literal instanceof Literal.Whole(long number) ? new Value.Whole(number) : null;
  }

  private static @Nullable Value decimal(Literal literal) {
    if (literal instanceof Literal.Fraction(BigDecimal number)) {
      return new Value.Decimal(number);
    }
    return literal instanceof Literal.Whole(long number)
        ? new Value.Decimal(BigDecimal.valueOf(number))
        : null;
  }

  private static @Nullable Value time(Literal literal) {
    if (literal instanceof Literal.Date(var date)) {
      return new Value.DateTime(date.atStartOfDay().toInstant(ZoneOffset.UTC));
    }
    return literal instanceof Literal.DateTime(var at) ? new Value.DateTime(at) : null;
  }

  private static @Nullable Value guid(Literal literal) {
    UUID id =
        literal instanceof Literal.Guid(UUID unquoted)
            ? unquoted
            : literal instanceof Literal.Text(String quoted) ? GuidText.parse(quoted) : null;
    return id == null ? null : new Value.Guid(id);
  }
}
