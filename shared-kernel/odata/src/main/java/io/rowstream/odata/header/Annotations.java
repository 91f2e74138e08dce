package io.rowstream.odata.header;

import java.util.List;

/// The annotations a client wants with what it reads: `odata.include-annotations`.
///
/// @param patterns names of terms, `*` for all, or `Namespace.*`; a `-` in front excludes. The most
///   exact pattern decides
public record Annotations(List<String> patterns) {

  /// Nothing but what JSON needs anyway.
  public static final Annotations NONE = new Annotations(List.of());

  /// The entity type a lookup refers to.
  public static final String LOOKUP_LOGICAL_NAME = "Microsoft.Dynamics.CRM.lookuplogicalname";

  /// The navigation property that belongs to a lookup column.
  public static final String NAVIGATION_PROPERTY =
      "Microsoft.Dynamics.CRM.associatednavigationproperty";

  /// A value as people read it, with the name of a record in place of its id.
  public static final String FORMATTED_VALUE = "OData.Community.Display.V1.FormattedValue";

  /// A time in full precision.
  public static final String PRECISE = "rowstream.precise";

  public Annotations {
    patterns = List.copyOf(patterns);
  }

  /// Reads the value of the preference: patterns separated by commas.
  static Annotations parse(String value) {
    return new Annotations(List.of(value.split(",", -1)).stream().map(String::strip).toList());
  }

  public boolean includes(String term) {
    int decisive = -1;
    boolean included = false;
    for (String pattern : patterns) {
      boolean excluding = pattern.startsWith("-");
      String covered = excluding ? pattern.substring(1) : pattern;
      int exactness = exactness(covered, term);
      if (exactness > decisive || (exactness == decisive && excluding)) {
        decisive = exactness;
        included = exactness >= 0 && !excluding;
      }
    }
    return included;
  }

  /// How much of a term a pattern spells out; -1 when it does not cover it.
  private static int exactness(String pattern, String term) {
    if (pattern.endsWith("*")) {
      String start = pattern.substring(0, pattern.length() - 1);
      return term.startsWith(start) ? start.length() : -1;
    }
    return pattern.equals(term) ? term.length() + 1 : -1;
  }
}
