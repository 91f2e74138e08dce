package io.rowstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
@ResourceLock(Resources.SYSTEM_OUT)
class SeedTest {
  private static final String PROPERTY = "rowstream.seed";

  private final @Nullable String propertyBefore = System.getProperty(PROPERTY);

  @AfterEach
  void restoreProperty() {
    if (propertyBefore == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, propertyBefore);
    }
  }

  @Test
  void the_same_seed_gives_the_same_sequence_every_time() {
    var seed = Seed.of(42);

    assertThat(seed.random().ints(20))
        .containsExactlyElementsOf(seed.random().ints(20).boxed().toList());
    assertThat(Seed.of(43).random().nextLong()).isNotEqualTo(seed.random().nextLong());
  }

  @Test
  void the_property_repeats_a_run() {
    System.setProperty(PROPERTY, "-7");

    assertThat(Seed.drawnOrGiven().value()).isEqualTo(-7);
  }

  @Test
  void a_property_that_is_no_number_is_not_ignored() {
    System.setProperty(PROPERTY, "seven");

    assertThatThrownBy(Seed::drawnOrGiven).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void without_the_property_every_run_draws_its_own() {
    System.clearProperty(PROPERTY);

    assertThat(Seed.drawnOrGiven().value()).isNotEqualTo(Seed.drawnOrGiven().value());
  }

  @Test
  void the_run_announces_its_seed_once_and_how_to_replay_it() {
    var console = System.out;
    var printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(Seed.ofThisRun()).isSameAs(Seed.ofThisRun());
    } finally {
      System.setOut(console);
    }

    var value = Seed.ofThisRun().value();
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("seed=" + value + " replay with -Drowstream.seed=" + value);
  }
}
