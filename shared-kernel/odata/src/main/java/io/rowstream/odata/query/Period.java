package io.rowstream.odata.query;

import io.rowstream.odata.text.TimeText;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/// From a time on, to before another, as the query functions of the Web API name it: `LastXDays`.
/// Days, weeks (from Sunday on), months and years are those of UTC.
///
/// @param from null for all before `to`
record Period(@Nullable Instant from, Instant to) {

  /// The most units a function looks back or ahead.
  static final int UNITS_MAX = 1_000_000;

  /// A function that takes no number.
  ///
  /// @return null if there is no such function
  static @Nullable Period named(String function, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate week = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
    LocalDate month = today.withDayOfMonth(1);
    LocalDate year = today.withDayOfYear(1);
    return switch (function) {
      case "Yesterday" -> days(today.minusDays(1), today);
      case "Today" -> day(today);
      case "Tomorrow" -> day(today.plusDays(1));
      case "Last7Days" -> new Period(start(today.minusDays(7)), now);
      case "Next7Days" -> new Period(now, start(today.plusDays(8)));
      case "LastWeek" -> days(week.minusWeeks(1), week);
      case "ThisWeek" -> days(week, week.plusWeeks(1));
      case "NextWeek" -> days(week.plusWeeks(1), week.plusWeeks(2));
      case "LastMonth" -> days(month.minusMonths(1), month);
      case "ThisMonth" -> days(month, month.plusMonths(1));
      case "NextMonth" -> days(month.plusMonths(1), month.plusMonths(2));
      case "LastYear" -> days(year.minusYears(1), year);
      case "ThisYear" -> days(year, year.plusYears(1));
      case "NextYear" -> days(year.plusYears(1), year.plusYears(2));
      default -> null;
    };
  }

  /// A function that takes a number of units: `LastXDays`, `NextXHours`, `OlderThanXMonths`. But
  /// for hours, `Last` begins with the first day and `Next` ends with the last.
  ///
  /// @param units 1 to [#UNITS_MAX]
  /// @return null if there is no such function
  static @Nullable Period named(String function, long units, Instant now) {
    int x = function.indexOf('X');
    ChronoUnit unit = x < 0 ? null : unit(function.substring(x + 1));
    boolean older = function.startsWith("OlderThan");
    if (unit == null || (unit == ChronoUnit.MINUTES && !older)) {
      return null;
    }
    boolean days = unit != ChronoUnit.HOURS;
    OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
    return switch (function.substring(0, x)) {
      case "Last" -> new Period(instant(beginning(at.minus(units, unit), days)), now);
      case "Next" ->
          new Period(now, instant(beginning(at.plus(units, unit).plusDays(days ? 1 : 0), days)));
      case "OlderThan" -> new Period(null, instant(at.minus(units, unit)));
      default -> null;
    };
  }

  private static @Nullable ChronoUnit unit(String name) {
    return switch (name) {
      case "Minutes" -> ChronoUnit.MINUTES;
      case "Hours" -> ChronoUnit.HOURS;
      case "Days" -> ChronoUnit.DAYS;
      case "Weeks" -> ChronoUnit.WEEKS;
      case "Months" -> ChronoUnit.MONTHS;
      case "Years" -> ChronoUnit.YEARS;
      default -> null;
    };
  }

  private static OffsetDateTime beginning(OffsetDateTime at, boolean ofDay) {
    return ofDay ? at.truncatedTo(ChronoUnit.DAYS) : at;
  }

  /// The times a record can have reach no further.
  private static Instant instant(OffsetDateTime at) {
    return TimeText.within(at.toInstant());
  }

  static Period day(LocalDate day) {
    return days(day, day.plusDays(1));
  }

  private static Period days(LocalDate from, LocalDate to) {
    return new Period(start(from), start(to));
  }

  private static Instant start(LocalDate day) {
    return TimeText.within(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
