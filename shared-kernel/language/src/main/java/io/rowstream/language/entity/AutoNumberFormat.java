package io.rowstream.language.entity;

import io.rowstream.language.entity.AutoNumberPart.Literal;
import io.rowstream.language.entity.AutoNumberPart.RandomText;
import io.rowstream.language.entity.AutoNumberPart.RunningNumber;
import io.rowstream.language.entity.AutoNumberPart.UtcTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the numbers a text attribute gives to new records look like, such as
/// `CAS-{SEQNUM:5}-{RANDSTRING:6}-{DATETIMEUTC:yyyyMMdd}`.
///
/// One part is the running number and every other has a fixed length: two values of one format are
/// equal only if their running numbers are.
///
/// @param parts in order; exactly one is a [RunningNumber]
public record AutoNumberFormat(List<AutoNumberPart> parts) {

  /// The longest format, in UTF-16 units.
  public static final int LENGTH_MAX = 200;

  /// The first running number where no seed has been set.
  public static final long SEED_DEFAULT = 1_000;

  /// The highest seed.
  public static final long SEED_MAX = 999_999_999_999_999_999L;

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}:]*):([^{}]*)}");
  private static final Pattern SMALL_NUMBER = Pattern.compile("[1-9][0-9]?");

  public AutoNumberFormat {
    parts = List.copyOf(parts);
    if (parts.stream().filter(RunningNumber.class::isInstance).count() != 1) {
      throw new IllegalArgumentException("an auto-number format has exactly one {SEQNUM:n}");
    }
  }

  /// Reads a format as it is written.
  ///
  /// @throws IllegalArgumentException if it is none
  public static AutoNumberFormat parse(String format) {
    if (format.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "an auto-number format has at most " + LENGTH_MAX + " characters");
    }
    var parts = new ArrayList<AutoNumberPart>();
    var placeholder = PLACEHOLDER.matcher(format);
    int read = 0;
    while (placeholder.find()) {
      addLiteral(format.substring(read, placeholder.start()), parts);
      parts.add(part(placeholder.group(1), placeholder.group(2)));
      read = placeholder.end();
    }
    addLiteral(format.substring(read), parts);
    return new AutoNumberFormat(parts);
  }

  private static void addLiteral(String text, List<AutoNumberPart> parts) {
    if (!text.isEmpty()) {
      parts.add(new Literal(text));
    }
  }

  private static AutoNumberPart part(String kind, String argument) {
    return switch (kind) {
      case "SEQNUM" -> new RunningNumber(number(kind, argument));
      case "RANDSTRING" -> new RandomText(number(kind, argument));
      case "DATETIMEUTC" -> new UtcTime(argument);
      default -> throw new IllegalArgumentException("an auto-number format knows no " + kind);
    };
  }

  private static int number(String kind, String argument) {
    if (!SMALL_NUMBER.matcher(argument).matches()) {
      throw new IllegalArgumentException(kind + " takes a small number, not " + argument);
    }
    return Integer.parseInt(argument);
  }

  /// The value with this running number.
  ///
  /// @param at when the record is created
  public String value(long number, Instant at, RandomGenerator random) {
    return parts.stream().map(part -> part.value(number, at, random)).collect(Collectors.joining());
  }

  /// How long the value with this running number is, in UTF-16 units.
  public int length(long number) {
    return parts.stream().mapToInt(part -> part.length(number)).sum();
  }

  /// The format as it is written.
  @Override
  public String toString() {
    return parts.stream().map(AutoNumberPart::toString).collect(Collectors.joining());
  }
}
