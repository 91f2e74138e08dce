package io.rowstream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void the_median_of_an_odd_number_is_the_middle_one() {
    assertThat(Spread.of(9, 1, 5)).isEqualTo(new Spread(5, 1, 9));
  }

  @Test
  void the_median_of_an_even_number_is_the_mean_of_the_middle_two() {
    assertThat(Spread.of(9, 1, 5, 3)).isEqualTo(new Spread(4, 1, 9));
  }

  @Test
  void ratios_are_taken_round_by_round() {
    Spread ratio = Spread.ratio(List.of(10.0, 30.0, 20.0), List.of(5.0, 10.0, 20.0), rate -> rate);

    assertThat(ratio).isEqualTo(new Spread(2, 1, 3));
  }

  @Test
  void sides_with_different_numbers_of_rounds_are_not_compared() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spread.ratio(List.of(1.0), List.of(1.0, 2.0), rate -> rate));
  }
}
