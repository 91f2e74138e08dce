package io.rowstream.query.projections.current;

/// One step of a list's order. Records without a value come before all others, after them when
/// descending; texts are ordered without regard to case, by their first [#TEXT_LENGTH] characters.
public record Order(Column column, boolean descending) {

  /// How much of a text counts, in characters.
  public static final int TEXT_LENGTH = 200;

  /// The most steps an order has.
  public static final int STEPS_MAX = 10;
}
