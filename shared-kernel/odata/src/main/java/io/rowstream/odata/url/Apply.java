package io.rowstream.odata.url;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `$apply` makes of records, as it was written: its names and types are not yet checked.
///
/// @param by the properties that records of one group agree in; none for one group of all
/// @param aggregates what is told of each group
public record Apply(List<PropertyPath> by, List<Aggregate> aggregates) {

  /// The most properties to group by.
  public static final int BY_MAX = 10;

  /// The most aggregates.
  public static final int AGGREGATES_MAX = 20;

  /// The most steps between slashes.
  public static final int STEPS_MAX = 10;

  /// @param property null for `$count`
  /// @param alias what the result is called
  public record Aggregate(@Nullable PropertyPath property, Method method, String alias) {
    private String text() {
      String what = property == null ? "$count" : property.text() + " with " + method.text;
      return what + " as " + alias;
    }
  }

  /// How the values of a group become one.
  public enum Method {
    SUM("sum"),
    AVERAGE("average"),
    MIN("min"),
    MAX("max"),
    COUNT_DISTINCT("countdistinct"),
    /// Of the records themselves: `$count`.
    COUNT("$count");

    private final String text;

    Method(String text) {
      this.text = text;
    }

    /// As it stands in a query.
    public String text() {
      return text;
    }

    static @Nullable Method named(String text) {
      for (Method each : values()) {
        if (each.text.equals(text) && each != COUNT) {
          return each;
        }
      }
      return null;
    }
  }

  public Apply {
    by = List.copyOf(by);
    aggregates = List.copyOf(aggregates);
  }

  /// The same text for the same meaning, however it was spaced.
  public String text() {
    return by.stream().map(PropertyPath::text).collect(Collectors.joining(",", "groupby((", "),"))
        + aggregates.stream().map(Aggregate::text).collect(Collectors.joining(",", "", ")"));
  }
}
