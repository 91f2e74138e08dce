package io.rowstream.odata.json;

import io.rowstream.language.Value;
import io.rowstream.language.entity.AttributeType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Values as people read them, in English and in UTC. An amount of money has no currency.
final class FormattedText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("M/d/uuuu h:mm a", Locale.US).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("M/d/uuuu", Locale.US).withZone(ZoneOffset.UTC);
  private static final int GROUP_DIGITS = 3;

  private FormattedText() {}

  /// @return null for texts and ids, which read as they are, and for references, which the value
  ///   does not tell the name of
  static @Nullable String of(AttributeType type, Value value) {
    return switch (value) {
      case Value.YesNo(boolean yes) -> yes ? "Yes" : "No";
      case Value.DateTime(Instant at) ->
          type instanceof AttributeType.DateTime(boolean dayOnly) && dayOnly
              ? DAY.format(at)
              : TIME.format(at);
      case Value.Whole(long number) -> whole(type, number);
      case Value.Decimal(BigDecimal number) -> grouped(scaled(type, number));
      case Value.Empty _, Value.Text _, Value.Guid _, Value.Lookup _ -> null;
    };
  }

  private static String whole(AttributeType type, long number) {
    String label =
        type instanceof AttributeType.Choice(var options, _) && (int) number == number
            ? options.get((int) number)
            : null;
    return label == null ? grouped(Long.toString(number)) : label;
  }

  private static String scaled(AttributeType type, BigDecimal number) {
    int scale =
        switch (type) {
          case AttributeType.Decimal decimal -> decimal.scale();
          case AttributeType.Money money -> money.scale();
          default -> Math.max(0, number.scale());
        };
    return number.setScale(scale, RoundingMode.HALF_UP).toPlainString();
  }

  /// `-1234567.50` as `-1,234,567.50`
  private static String grouped(String number) {
    int point = number.indexOf('.');
    var text = new StringBuilder(number);
    int first = number.startsWith("-") ? 1 : 0;
    for (int at = (point < 0 ? number.length() : point) - GROUP_DIGITS;
        at > first;
        at -= GROUP_DIGITS) {
      text.insert(at, ',');
    }
    return text.toString();
  }
}
