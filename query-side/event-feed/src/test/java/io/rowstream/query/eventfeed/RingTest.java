package io.rowstream.query.eventfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Seed;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RingTest {

  @Test
  void gives_what_follows_a_position_and_nothing_it_no_longer_has() {
    var ring = new Ring(5, Long.MAX_VALUE);
    LongStream.rangeClosed(1, 9).forEach(position -> ring.add(Sample.unit(position, 1), 1));

    assertThat(ring.reachesBackTo(4)).isTrue();
    assertThat(ring.reachesBackTo(3)).isFalse();
    assertThat(ring.after(3, 10)).isNull();
    assertThat(ring.after(4, 10)).extracting(Unit::position).containsExactly(5L, 6L, 7L, 8L, 9L);
    assertThat(ring.after(6, 2)).extracting(Unit::position).containsExactly(7L, 8L);
    assertThat(ring.after(9, 10)).isEmpty();
  }

  @Test
  void is_bounded_by_events() {
    var ring = new Ring(100, Long.MAX_VALUE);
    long position = 0;
    for (int i = 0; i < 1_000; i++) {
      position += 1 + i % 7;
      ring.add(Sample.unit(position, 1 + i % 7), 1);
      assertThat(ring.events()).isLessThanOrEqualTo(100);
    }
    assertThat(ring.events()).isGreaterThan(90);
  }

  @Test
  void is_bounded_by_bytes() {
    var ring = new Ring(Integer.MAX_VALUE, 1_000);
    for (long position = 1; position <= 500; position++) {
      ring.add(Sample.unit(position, 1), 90);
    }

    assertThat(ring.bytes()).isEqualTo(990);
    assertThat(ring.events()).isEqualTo(11);
  }

  @Test
  void a_unit_larger_than_the_ring_is_not_kept_and_readers_are_sent_elsewhere() {
    var ring = new Ring(10, 1_000);
    ring.add(Sample.unit(1, 1), 10);
    ring.add(Sample.unit(21, 20), 10);

    assertThat(ring.events()).isZero();
    assertThat(ring.reachesBackTo(1)).isFalse();
    assertThat(ring.reachesBackTo(21)).isTrue();
  }

  @Test
  void a_unit_is_given_whole_even_if_less_was_asked_for() {
    var ring = new Ring(100, Long.MAX_VALUE);
    ring.add(Sample.unit(10, 10), 1);
    ring.add(Sample.unit(12, 2), 1);

    assertThat(ring.after(0, 3)).extracting(Unit::position).containsExactly(10L);
    assertThat(ring.after(0, 11)).extracting(Unit::position).containsExactly(10L);
    assertThat(ring.after(0, 12)).extracting(Unit::position).containsExactly(10L, 12L);
  }

  @Test
  void starts_behind_what_was_there_before() {
    var ring = new Ring(100, Long.MAX_VALUE);
    ring.startAfter(50);

    assertThat(ring.reachesBackTo(49)).isFalse();
    assertThat(ring.after(50, 10)).isEqualTo(List.of());
  }

  @Test
  void at_any_moment_it_holds_the_newest_units_without_a_hole() {
    var random = Seed.ofThisRun().random();
    var ring = new Ring(50, 2_000);
    long position = 0;
    for (int i = 0; i < 5_000; i++) {
      int events = 1 + random.nextInt(8);
      position += events;
      ring.add(Sample.unit(position, events), random.nextInt(200));
      long from = Math.max(0, position - random.nextInt(60));
      var found = ring.after(from, Integer.MAX_VALUE);
      if (found != null) {
        long before = from;
        for (var unit : found) {
          assertThat(unit.firstPosition()).isLessThanOrEqualTo(before + 1);
          before = unit.position();
        }
        assertThat(before).isEqualTo(position);
      }
    }
  }
}
