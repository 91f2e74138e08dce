package io.rowstream.odata.text;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Dates and points in time as text: `2026-11-21`, `2026-11-21T10:00Z`,
/// `2026-11-21T10:00:00.123456+01:00`; years 0001 to 9999.
public final class TimeText {

  private static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final int DATE_LENGTH = 10;

  private TimeText() {}

  /// A point in time, or a date, which stands for its midnight in UTC.
  ///
  /// @return null if the text is neither
  public static @Nullable Instant parse(String text) {
    if (text.length() == DATE_LENGTH) {
      LocalDate date = parseDate(text);
      return date == null ? null : date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    return new TimeReader(text).read();
  }

  /// @return null if the text is not a date
  public static @Nullable LocalDate parseDate(String text) {
    return text.length() == DATE_LENGTH ? new TimeReader(text).date() : null;
  }

  /// Whether a point in time lies in the years that can be written.
  public static boolean isInRange(Instant at) {
    return !at.isBefore(MIN) && !at.isAfter(MAX);
  }

  /// The nearest point in time that can be written.
  public static Instant within(Instant at) {
    if (at.isBefore(MIN)) {
      return MIN;
    }
    return at.isAfter(MAX) ? MAX : at;
  }

  /// Whole seconds in UTC, cut, not rounded: `2026-11-21T10:00:00Z`. What clients of Dataverse can
  /// read.
  public static String seconds(Instant at) {
    var time = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, ZoneOffset.UTC);
    int year = time.getYear();
    if (year < 0 || year > 9999) {
      return at.toString();
    }
    byte[] text = {
      '0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0', '0', ':', '0', '0', ':', '0', '0',
      'Z'
    };
    put(text, 0, year / 100);
    put(text, 2, year % 100);
    put(text, 5, time.getMonthValue());
    put(text, 8, time.getDayOfMonth());
    put(text, 11, time.getHour());
    put(text, 14, time.getMinute());
    put(text, 17, time.getSecond());
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void put(byte[] text, int at, int number) {
    text[at] = (byte) ('0' + number / 10);
    text[at + 1] = (byte) ('0' + number % 10);
  }

  /// Full precision in UTC: `2026-11-21T10:00:00.123456Z`, without a fraction when there is none.
  public static String precise(Instant at) {
    boolean whole = at.truncatedTo(ChronoUnit.SECONDS).equals(at);
    return whole ? seconds(at) : at.toString();
  }
}
