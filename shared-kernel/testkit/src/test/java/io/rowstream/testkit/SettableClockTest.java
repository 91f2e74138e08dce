package io.rowstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SettableClockTest {
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

  private final SettableClock clock = SettableClock.at(NOON);

  @Test
  void it_stands_still_until_it_is_moved() {
    assertThat(clock.instant()).isEqualTo(NOON).isEqualTo(clock.instant());
  }

  @Test
  void it_is_set_forwards_and_backwards() {
    clock.set(NOON.plusSeconds(5));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(5));

    clock.set(NOON.minusSeconds(5));
    assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(5));
  }

  @Test
  void clocks_in_other_zones_move_along() {
    var vienna = clock.withZone(ZoneId.of("Europe/Vienna"));

    clock.advance(Duration.ofMinutes(1));

    assertThat(vienna.instant()).isEqualTo(NOON.plusSeconds(60));
    assertThat(vienna.getZone()).isEqualTo(ZoneId.of("Europe/Vienna"));
    assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
  }

  @Test
  void no_step_is_lost_when_many_advance_it() {
    var steps = Rendezvous.race(200, () -> clock.advance(Duration.ofSeconds(1)));

    assertThat(Outcome.returned(steps)).doesNotHaveDuplicates().hasSize(200);
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(200));
  }
}
