package io.rowstream.odata.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/// Reads one text from left to right. A part that is not there reads as [#NOT_THERE].
final class TimeReader {
  private static final int NOT_THERE = -1;
  private static final int FRACTION_DIGITS_MAX = 9;
  private static final int OFFSET_HOURS_MAX = 14;

  private final String text;
  private int at;

  TimeReader(String text) {
    this.text = text;
  }

  @Nullable LocalDate date() {
    int century = twoDigits();
    int years = twoDigits();
    boolean dashes = skip('-');
    int month = twoDigits();
    dashes &= skip('-');
    int day = twoDigits();
    if (century < 0 || years < 0 || !dashes || month < 1 || month > 12 || day < 1) {
      return null;
    }
    int year = century * 100 + years;
    if (year < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
      return null;
    }
    return LocalDate.of(year, month, day);
  }

  @Nullable Instant read() {
    LocalDate date = date();
    if (date == null || !skip('T')) {
      return null;
    }
    int hour = twoDigits();
    boolean colon = skip(':');
    int minute = twoDigits();
    int second = 0;
    int nanos = 0;
    if (skip(':')) {
      second = twoDigits();
      nanos = skip('.') ? fraction() : 0;
    }
    int offset = offsetSeconds();
    if (hour < 0 || hour > 23 || !colon || !isSixtieth(minute) || !isSixtieth(second)) {
      return null;
    }
    if (nanos == NOT_THERE || offset == Integer.MIN_VALUE || at != text.length()) {
      return null;
    }
    long seconds = date.toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second - offset;
    var instant = Instant.ofEpochSecond(seconds, nanos);
    return TimeText.isInRange(instant) ? instant : null;
  }

  private int fraction() {
    int start = at;
    int nanos = 0;
    while (at < text.length() && isDigit(text.charAt(at)) && at - start < FRACTION_DIGITS_MAX) {
      nanos = nanos * 10 + (text.charAt(at++) - '0');
    }
    if (at == start) {
      return NOT_THERE;
    }
    for (int digits = at - start; digits < FRACTION_DIGITS_MAX; digits++) {
      nanos *= 10;
    }
    return nanos;
  }

  /// Seconds east of UTC; [Integer#MIN_VALUE] when there is no offset.
  private int offsetSeconds() {
    if (skip('Z')) {
      return 0;
    }
    int sign = skip('+') ? 1 : skip('-') ? -1 : 0;
    int hours = twoDigits();
    boolean colon = skip(':');
    int minutes = twoDigits();
    boolean valid = sign != 0 && hours >= 0 && colon && isSixtieth(minutes);
    if (!valid || hours * 60 + minutes > OFFSET_HOURS_MAX * 60) {
      return Integer.MIN_VALUE;
    }
    return sign * (hours * 3_600 + minutes * 60);
  }

  private int twoDigits() {
    if (at + 2 > text.length() || !isDigit(text.charAt(at)) || !isDigit(text.charAt(at + 1))) {
      return NOT_THERE;
    }
    int number = (text.charAt(at) - '0') * 10 + (text.charAt(at + 1) - '0');
    at += 2;
    return number;
  }

  private boolean skip(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isSixtieth(int number) {
    return number >= 0 && number < 60;
  }
}
