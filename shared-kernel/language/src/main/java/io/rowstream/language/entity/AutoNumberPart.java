package io.rowstream.language.entity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// A piece of an [AutoNumberFormat]. Its text is the piece as it is written in the format.
public sealed interface AutoNumberPart {

  String value(long number, Instant at, RandomGenerator random);

  /// How long the value is, in UTF-16 units.
  int length(long number);

  /// What stands in every value as it is.
  record Literal(String text) implements AutoNumberPart {
    public Literal {
      if (!text.chars().allMatch(Literal::isAllowed)) {
        throw new IllegalArgumentException("no text of an auto-number format: " + text);
      }
    }

    private static boolean isAllowed(int c) {
      return c != '{' && c != '}' && !Character.isISOControl(c) && !Character.isSurrogate((char) c);
    }

    @Override
    public String value(long number, Instant at, RandomGenerator random) {
      return text;
    }

    @Override
    public int length(long number) {
      return text.length();
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// `{SEQNUM:n}`
  ///
  /// @param digitsMin filled up with zeros; larger numbers have more digits
  record RunningNumber(int digitsMin) implements AutoNumberPart {

    /// The most digits that can be asked for.
    public static final int DIGITS_MAX = 18;

    public RunningNumber {
      requireWithin("SEQNUM", digitsMin, DIGITS_MAX);
    }

    @Override
    public String value(long number, Instant at, RandomGenerator random) {
      String digits = Long.toString(number);
      return "0".repeat(Math.max(0, digitsMin - digits.length())) + digits;
    }

    @Override
    public int length(long number) {
      return Math.max(digitsMin, Long.toString(number).length());
    }

    @Override
    public String toString() {
      return "{SEQNUM:" + digitsMin + "}";
    }
  }

  /// `{RANDSTRING:n}`: capital letters and digits.
  record RandomText(int length) implements AutoNumberPart {

    /// The most characters, as in Dataverse.
    public static final int LENGTH_MAX = 6;

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public RandomText {
      requireWithin("RANDSTRING", length, LENGTH_MAX);
    }

    @Override
    public String value(long number, Instant at, RandomGenerator random) {
      var value = new StringBuilder(length);
      for (int i = 0; i < length; i++) {
        value.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
      }
      return value.toString();
    }

    @Override
    public int length(long number) {
      return length;
    }

    @Override
    public String toString() {
      return "{RANDSTRING:" + length + "}";
    }
  }

  /// `{DATETIMEUTC:yyyyMMdd}`: when the record is created.
  ///
  /// @param pattern of `yyyy`, `yy`, `MM`, `dd`, `HH`, `hh`, `mm`, `ss`, `fff` (thousandths) and of
  ///   blanks and `- _ . / :`
  record UtcTime(String pattern) implements AutoNumberPart {

    /// The longest pattern, in characters.
    public static final int LENGTH_MAX = 30;

    private static final Pattern PATTERN =
        Pattern.compile(
            "(?:(?:yyyy|yy)(?!y)|MM(?!M)|dd(?!d)|HH(?!H)|hh(?!h)|mm(?!m)|ss(?!s)|fff(?!f)"
                + "|[-_./: ])+");

    public UtcTime {
      if (pattern.length() > LENGTH_MAX || !PATTERN.matcher(pattern).matches()) {
        throw new IllegalArgumentException("DATETIMEUTC does not understand " + pattern);
      }
    }

    @Override
    public String value(long number, Instant at, RandomGenerator random) {
      return DateTimeFormatter.ofPattern(pattern.replace('f', 'S'), Locale.ROOT)
          .withZone(ZoneOffset.UTC)
          .format(at);
    }

    @Override
    public int length(long number) {
      return pattern.length();
    }

    @Override
    public String toString() {
      return "{DATETIMEUTC:" + pattern + "}";
    }
  }

  private static void requireWithin(String what, int found, int max) {
    if (found < 1 || found > max) {
      throw new IllegalArgumentException(what + " " + found + " is not within 1.." + max);
    }
  }
}
