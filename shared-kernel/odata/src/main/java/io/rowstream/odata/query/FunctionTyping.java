package io.rowstream.odata.query;

import io.rowstream.language.Value;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.ColumnPath;
import io.rowstream.odata.url.Comparator;
import io.rowstream.odata.url.Filter;
import io.rowstream.odata.url.Literal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Says query functions in the words of all other conditions: ranges, lists, comparisons. The
/// functions that begin with `Not` are their opposites, as `ne` is that of `eq`.
///
/// @param path of the property the function is about
record FunctionTyping(Filter.Call call, ColumnPath path, QueryContext context) {

  TypedFilter typed() {
    return switch (call.function()) {
      case "In" -> FilterTyping.oneOf(path, values());
      case "NotIn" -> new TypedFilter.Not(FilterTyping.oneOf(path, values()));
      case "Between" -> between();
      case "NotBetween" -> new TypedFilter.Not(between());
      case "On" -> during(Period.day(day()));
      case "OnOrAfter" -> compare(Comparator.GE, Objects.requireNonNull(Period.day(day()).from()));
      case "OnOrBefore" -> compare(Comparator.LT, Period.day(day()).to());
      case "EqualUserId" -> caller();
      case "NotEqualUserId" -> new TypedFilter.Not(caller());
      case "ContainValues", "DoesNotContainValues" ->
          throw BadRequest.query(
              call.function() + " is about columns that hold several choices; there are none.");
      default -> during(period());
    };
  }

  private TypedFilter between() {
    List<Literal> ends = values();
    if (ends.size() != 2) {
      throw BadRequest.query(call.function() + " takes two PropertyValues, from and to.");
    }
    return new TypedFilter.All(
        List.of(
            FilterTyping.compare(path, Comparator.GE, ends.getFirst()),
            FilterTyping.compare(path, Comparator.LE, ends.getLast())));
  }

  private TypedFilter caller() {
    requireArguments(false, false);
    AttributeType type = path.column().type();
    if (!(type instanceof AttributeType.Lookup || type instanceof AttributeType.Guid)) {
      throw BadRequest.query(call.function() + " takes a property that can refer to a user.");
    }
    return new TypedFilter.Compare(path, Comparator.EQ, new Value.Guid(context.caller()));
  }

  private Period period() {
    Period named = Period.named(call.function(), context.now());
    if (named != null) {
      requireArguments(false, false);
      return named;
    }
    if (Period.named(call.function(), 1, context.now()) == null) {
      throw BadRequest.query(
          "The function "
              + Quoted.of("Microsoft.Dynamics.CRM." + call.function())
              + " is not supported.");
    }
    requireArguments(true, false);
    if (!(number(call.value()) instanceof Literal.Whole(long units))
        || units < 1
        || units > Period.UNITS_MAX) {
      throw BadRequest.query(
          call.function() + " takes a PropertyValue of 1 to " + Period.UNITS_MAX + ".");
    }
    return Objects.requireNonNull(Period.named(call.function(), units, context.now()));
  }

  private static @Nullable Literal number(@Nullable Literal value) {
    return value instanceof Literal.Text(String text) ? Literal.ofWord(text) : value;
  }

  private TypedFilter during(Period period) {
    requireTime();
    var before = compare(Comparator.LT, period.to());
    return period.from() == null
        ? before
        : new TypedFilter.All(List.of(compare(Comparator.GE, period.from()), before));
  }

  private TypedFilter compare(Comparator comparator, Instant at) {
    requireTime();
    return new TypedFilter.Compare(path, comparator, new Value.DateTime(at));
  }

  private void requireTime() {
    if (!(path.column().type() instanceof AttributeType.DateTime)) {
      throw BadRequest.query(
          call.function()
              + " takes a date and time, "
              + Quoted.of(path.column().wireName())
              + " is none.");
    }
  }

  /// The day in UTC that `PropertyValue` names or lies in.
  private LocalDate day() {
    requireArguments(true, false);
    return switch (number(call.value())) {
      case Literal.Date(LocalDate date) -> date;
      case Literal.DateTime(Instant at) -> LocalDate.ofInstant(at, ZoneOffset.UTC);
      case null, default ->
          throw BadRequest.query(
              call.function() + " takes a PropertyValue such as '2026-11-21' or a point in time.");
    };
  }

  private List<Literal> values() {
    requireArguments(false, true);
    var literals = new ArrayList<Literal>();
    for (Literal each : Objects.requireNonNull(call.values())) {
      literals.add(LiteralTyping.ofText(path.column(), each));
    }
    return literals;
  }

  private void requireArguments(boolean value, boolean values) {
    if (value != (call.value() != null) || values != (call.values() != null)) {
      throw BadRequest.query(
          call.function()
              + " takes a PropertyName"
              + (value ? " and a PropertyValue." : values ? " and PropertyValues." : " only."));
    }
  }
}
