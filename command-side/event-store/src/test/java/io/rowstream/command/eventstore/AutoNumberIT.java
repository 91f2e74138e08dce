package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers for new records, whatever node creates them.
class AutoNumberIT extends TwoNumberingNodes {

  @ParameterizedTest
  @ValueSource(ints = {50, 5_000})
  void parallel_creates_get_one_number_each(int creates) {
    var outcomes = Rendezvous.race(creates, racer -> () -> node(racer).send(create()));

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    assertThat(numbers()).containsExactlyInAnyOrderElementsOf(range(1_000, creates));
  }

  @Test
  void creates_of_change_sets_get_one_number_each() {
    var outcomes =
        Rendezvous.race(
            20,
            racer ->
                () ->
                    node(racer)
                        .send(
                            new ChangeSet(
                                Stream.generate(() -> (RecordCommand) create())
                                    .limit(25)
                                    .toList())));

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    assertThat(numbers()).containsExactlyInAnyOrderElementsOf(range(1_000, 500));
  }

  @Test
  void numbers_go_on_after_a_restart() throws Exception {
    here.send(create());
    there.send(create());
    try (var restarted = Node.start(database)) {
      restarted.send(create());
    }

    assertThat(numbers()).containsExactly(1_000L, 1_001L, 1_002L);
  }

  @Test
  void a_create_decided_again_may_leave_a_number_out_and_never_shares_one() {
    var lost = create();
    assertThat(here.send(lost).first().created()).isTrue();
    there.send(new DeleteRecord(lost.record(), Expectation.NONE));
    there.send(create(lost.record()));
    assertThat(here.refusal(new DeleteRecord(lost.record(), Expectation.exactly(0))))
        .isInstanceOf(Refusal.VersionMismatch.class);
    there.send(new DeleteRecord(lost.record(), Expectation.NONE));

    here.send(create(lost.record()));
    here.send(create());

    assertThat(numbers()).doesNotHaveDuplicates().hasSize(4);
  }

  @Test
  void twins_of_one_command_id_get_the_first_number_again() {
    var create = create();

    var outcomes = Rendezvous.race(100, racer -> () -> node(racer).send("once", create));

    assertThat(Outcome.returned(outcomes)).hasSize(100);
    assertThat(Outcome.returned(outcomes).stream().map(CommandResult::records).distinct())
        .hasSize(1);
    assertThat(numbers()).hasSize(1);
  }
}
