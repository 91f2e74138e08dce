package io.rowstream.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Median, least and greatest of a figure over the rounds of a cell.
public record Spread(double median, double min, double max) {

  public static Spread of(double... figures) {
    if (figures.length == 0) {
      throw new IllegalArgumentException("no rounds");
    }
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  public static <T> Spread over(List<T> rounds, ToDoubleFunction<T> figure) {
    return of(rounds.stream().mapToDouble(figure).toArray());
  }

  /// Ours over theirs, round by round: round n of both ran directly after each other, so what
  /// disturbed one most likely disturbed the other.
  public static <T> Spread ratio(List<T> ours, List<T> theirs, ToDoubleFunction<T> figure) {
    if (ours.size() != theirs.size()) {
      throw new IllegalArgumentException(ours.size() + " rounds against " + theirs.size());
    }
    double[] ratios = new double[ours.size()];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] =
          figure.applyAsDouble(ours.get(round)) / figure.applyAsDouble(theirs.get(round));
    }
    return of(ratios);
  }
}
