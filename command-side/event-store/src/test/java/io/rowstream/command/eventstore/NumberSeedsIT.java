package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import org.junit.jupiter.api.Test;

/// Where the numbers of new records go on, on every node.
class NumberSeedsIT extends TwoNumberingNodes {

  @Test
  void every_node_obeys_a_seed_at_once() {
    Rendezvous.race(50, racer -> () -> node(racer).send(create()));

    assertThat(here.seeds.set(ticket, "number", 10_000, null)).isTrue();
    there.send(create());
    here.send(create());

    assertThat(numbers().subList(50, 52)).containsExactly(10_000L, 10_001L);
    assertThat(there.seeds.standing(ticket, "number"))
        .isEqualTo(new NumberSeeds.Standing(10_000, 10_002, 10_001L));
  }

  @Test
  void a_create_that_begins_after_a_seed_was_set_gets_it_or_a_later_number() {
    for (long seed = 10_000; seed <= 50_000; seed += 10_000) {
      long next = seed;
      var outcomes =
          Rendezvous.race(
              30,
              racer ->
                  () -> {
                    if (racer == 0) {
                      here.seeds.set(ticket, "number", next, null);
                    }
                    node(racer).send(create());
                    return there.send(create());
                  });

      assertThat(Outcome.thrown(outcomes)).isEmpty();
      var after = Outcome.returned(outcomes).getFirst().first().record();
      assertThat(number(after)).isGreaterThan(next);
    }
    assertThat(numbers()).doesNotHaveDuplicates().hasSize(5 * 60);
  }

  @Test
  void a_seed_below_what_was_given_is_refused_and_changes_nothing() {
    here.send(create());
    here.send(create());
    var before = there.seeds.standing(ticket, "number");

    assertThat(there.seeds.set(ticket, "number", 1_001, null)).isFalse();
    assertThat(there.seeds.set(ticket, "number", 0, null)).isFalse();

    assertThat(there.seeds.standing(ticket, "number")).isEqualTo(before);
    assertThat(before).isEqualTo(new NumberSeeds.Standing(1_000, 1_002, 1_001L));
  }

  @Test
  void a_seed_set_too_high_can_be_taken_back_until_a_number_was_given() {
    here.send(create());
    assertThat(here.seeds.set(ticket, "number", AutoNumberFormat.SEED_MAX, null)).isTrue();
    assertThat(here.seeds.set(ticket, "number", 2_000, null)).isTrue();
    here.send(create());

    assertThat(numbers()).containsExactly(1_000L, 2_000L);
  }

  @Test
  void a_seed_is_set_before_the_first_number_was_given() {
    assertThat(here.seeds.standing(ticket, "number"))
        .isEqualTo(new NumberSeeds.Standing(1_000, 1_000, null));

    assertThat(here.seeds.set(ticket, "number", 1, null)).isTrue();
    there.send(create());

    assertThat(numbers()).containsExactly(1L);
  }

  @Test
  void a_seed_set_again_under_its_command_id_is_set_once() {
    assertThat(here.seeds.set(ticket, "number", 5_000, ticket)).isTrue();
    here.send(create());

    assertThat(there.seeds.set(ticket, "number", 5_000, ticket)).isTrue();
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> there.seeds.set(ticket, "number", 6_000, ticket));
    there.send(create());
    assertThat(there.refusal(ticket, create())).isEqualTo(new Refusal.CommandIdReused(ticket));

    assertThat(numbers()).containsExactly(5_000L, 5_001L);
  }

  @Test
  void a_command_id_of_a_record_sets_no_seed() {
    here.send(ticket, create());

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> there.seeds.set(ticket, "number", 6_000, ticket));

    assertThat(here.seeds.standing(ticket, "number").next()).isEqualTo(1_001);
  }
}
