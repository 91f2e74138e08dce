package io.rowstream.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactChangeTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 99, 1_000_000, 9_999_999_999L})
  void every_change_is_300_bytes_of_json(long number) {
    assertThat(ContactChange.number(number).json()).hasSize(300);
  }

  @Test
  void no_attribute_of_a_change_is_that_of_another() {
    assertThat(ContactChange.number(1).attributes().values())
        .doesNotContainAnyElementsOf(ContactChange.number(2).attributes().values());
  }
}
