package io.rowstream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final Comparison comparison = new Comparison("theirs", "senders");

  @Test
  void a_cell_shows_medians_of_its_rounds_and_the_ratio_to_the_rival() {
    for (int perSecond : new int[] {100, 300, 200}) {
      comparison.add("append", 8, "ours", round(perSecond * 10.0, 2));
      comparison.add("append", 8, "theirs", round(perSecond, 4));
    }

    assertThat(comparison.figures())
        .contains("| append | 8 | ours | 2,000 | 1,000..3,000 | 2.00 | 2.00 | 2 | 0 | 3 |")
        .contains("| append | 8 | theirs | 200 | 100..300 | 4.00 | 4.00 | 4 | 0 | 3 |");
    assertThat(comparison.ratios())
        .contains("| append | 8 | ours | 10.00 | 10.00..10.00 | 0.50 | 0.50 |");
  }

  @Test
  void one_side_alone_has_no_ratios() {
    comparison.add("append", 8, "theirs", round(100, 4));

    assertThat(comparison.ratios()).contains("only one side");
  }

  private static Round round(double perSecond, long millis) {
    var nanos = new Histogram(TimeUnit.SECONDS.toNanos(10), 3);
    nanos.recordValue(TimeUnit.MILLISECONDS.toNanos(millis));
    return Round.of(perSecond, nanos, 0);
  }
}
