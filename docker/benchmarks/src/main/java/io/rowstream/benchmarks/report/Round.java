package io.rowstream.benchmarks.report;

import org.HdrHistogram.AbstractHistogram;

/// What one candidate did in one round.
///
/// @param perSecond operations that ended inside the measured time, per second
/// @param p50Millis median time of the operations begun inside the measured time
/// @param failed operations that did not succeed; their times are not in the percentiles
public record Round(
    double perSecond, double p50Millis, double p99Millis, double maxMillis, long failed) {

  /// The round these times were taken in.
  ///
  /// @param nanos one entry per successful operation, in nanoseconds
  public static Round of(double perSecond, AbstractHistogram nanos, long failed) {
    return new Round(
        perSecond,
        nanos.getValueAtPercentile(50) / 1e6,
        nanos.getValueAtPercentile(99) / 1e6,
        nanos.getMaxValue() / 1e6,
        failed);
  }
}
