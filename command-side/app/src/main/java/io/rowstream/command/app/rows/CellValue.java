package io.rowstream.command.app.rows;

import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.text.GuidText;
import io.rowstream.odata.text.NumberText;
import io.rowstream.odata.text.PlainText;
import io.rowstream.odata.text.TimeText;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/// Reads the text of one cell as the type of its attribute demands.
///
/// @param column its name in the file
record CellValue(String column, Attribute attribute) {

  /// Stands for what is not one value; no text that comes from UTF-8 is equal to it.
  static final String NOT_ONE_VALUE = "\uDC00[]";

  /// @throws RefusedRowException if the attribute cannot hold it
  Value read(String cell) {
    return switch (attribute.type()) {
      case AttributeType.Text(int lengthMax, _) -> text(cell, lengthMax);
      case AttributeType.Memo(int lengthMax) -> text(cell, lengthMax);
      case AttributeType.WholeNumber(int min, int max) -> whole(cell.strip(), min, max);
      case AttributeType.BigInteger _ -> whole(cell.strip(), Long.MIN_VALUE, Long.MAX_VALUE);
      case AttributeType.Decimal(var min, var max, int scale) ->
          decimal(cell.strip(), min, max, scale);
      case AttributeType.Money(var min, var max, int scale) ->
          decimal(cell.strip(), min, max, scale);
      case AttributeType.YesNo _ -> yesNo(cell.strip());
      case AttributeType.DateTime _ -> time(cell.strip());
      case AttributeType.Choice(var options, _) -> choice(cell.strip(), options);
      case AttributeType.Guid _ -> guid(cell.strip());
      case AttributeType.Lookup _ -> throw new IllegalStateException("a lookup is read as a link");
    };
  }

  private Value text(String cell, int lengthMax) {
    if (cell.equals(NOT_ONE_VALUE)) {
      throw invalid("text is expected");
    }
    if (cell.length() > lengthMax) {
      throw new RefusedRowException(
          column, ErrorCode.TEXT_TOO_LONG, "it is longer than " + lengthMax + " characters");
    }
    String flaw = PlainText.flaw(cell);
    if (flaw != null) {
      throw invalid(flaw);
    }
    return new Value.Text(cell);
  }

  /// Also `5.0` and `5e0`, as some programs write whole numbers.
  private Value whole(String cell, long min, long max) {
    BigDecimal number = NumberText.parse(cell);
    if (number == null
        || number.compareTo(BigDecimal.valueOf(min)) < 0
        || number.compareTo(BigDecimal.valueOf(max)) > 0
        || number.stripTrailingZeros().scale() > 0) {
      throw invalid("a whole number from " + min + " to " + max + " is expected");
    }
    return new Value.Whole(number.longValue());
  }

  private Value decimal(String cell, BigDecimal min, BigDecimal max, int scale) {
    BigDecimal number = NumberText.parse(cell);
    if (number == null || number.compareTo(min) < 0 || number.compareTo(max) > 0) {
      throw invalid(
          "a number from " + min.toPlainString() + " to " + max.toPlainString() + " is expected");
    }
    var value = new Value.Decimal(number);
    if (value.number().scale() > scale) {
      throw invalid("at most " + scale + " digits after the point are expected");
    }
    return value;
  }

  private Value yesNo(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> new Value.YesNo(true);
      case "false", "no", "0" -> new Value.YesNo(false);
      default -> throw invalid("true or false, yes or no, 1 or 0 is expected");
    };
  }

  private Value time(String cell) {
    var at = TimeText.parse(cell);
    if (at == null) {
      throw invalid("a date such as 2026-11-21 or a time such as 2026-11-21T10:00:00Z is expected");
    }
    return new Value.DateTime(at);
  }

  /// By its number, or by its label if no other option has the same one in other letters' case.
  private Value choice(String cell, Map<Integer, String> options) {
    BigDecimal number = NumberText.parse(cell);
    for (int option : options.keySet()) {
      if (number != null && number.compareTo(BigDecimal.valueOf(option)) == 0) {
        return new Value.Whole(option);
      }
    }
    var named =
        options.entrySet().stream()
            .filter(option -> option.getValue().equalsIgnoreCase(cell))
            .map(Map.Entry::getKey)
            .toList();
    if (named.size() != 1) {
      throw invalid("the number or the label of one of its options is expected");
    }
    return new Value.Whole(named.getFirst());
  }

  private Value guid(String cell) {
    var id = GuidText.parse(cell);
    if (id == null) {
      throw invalid("a guid is expected");
    }
    return new Value.Guid(id);
  }

  private RefusedRowException invalid(String reason) {
    return new RefusedRowException(column, reason);
  }
}
