package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.ExecuteMultiple;
import io.rowstream.language.command.ExecuteMultiple.Response;
import io.rowstream.language.command.ExecuteMultiple.Response.Accepted;
import io.rowstream.language.command.ExecuteMultiple.Response.Refused;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import io.rowstream.testkit.WholeLog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Commands in one message that have nothing to do with each other but their order.
class ExecuteMultipleIT {

  private final RecordRef first = new RecordRef("counter", UUID.randomUUID());
  private final RecordRef second = new RecordRef("counter", UUID.randomUUID());
  private LogDatabase database;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    database = LogDatabase.create();
    node = Node.start(database);
    node.define(Counters.TYPE);
  }

  @AfterEach
  void stop() {
    node.close();
    database.close();
  }

  @Test
  void later_commands_see_what_earlier_ones_did() {
    var responses = node.send("all", all(create(first), count(first, 0, 1), count(first, 1, 2)));

    assertThat(responses).extracting(ExecuteMultipleIT::version).containsExactly(0L, 1L, 2L);
  }

  @Test
  void a_refused_command_ends_it_and_leaves_what_was_done_before() {
    var responses = node.send("all", all(create(first), count(first, 7, 1), create(second)));

    assertThat(responses).hasSize(2);
    assertThat(refusal(responses.get(1))).isInstanceOf(Refusal.VersionMismatch.class);
    assertThat(records()).containsExactly(first);
  }

  @Test
  void a_refused_command_harms_no_other_when_asked_to_go_on() {
    var commands = List.of(create(first), count(first, 7, 1), create(second));

    var responses = node.send("all", new ExecuteMultiple(commands, true));

    assertThat(responses).hasSize(3);
    assertThat(version(responses.get(2))).isZero();
    assertThat(records()).containsExactly(first, second);
  }

  @Test
  void sent_again_it_answers_the_same_and_carries_out_what_is_left() {
    var commands = List.of(create(first), count(first, 0, 1), create(second));
    node.send("all", new ExecuteMultiple(commands.subList(0, 2), true));
    node.send(count(first, 1, 2));

    var outcomes =
        Rendezvous.race(20, racer -> () -> node.send("all", new ExecuteMultiple(commands, true)));

    assertThat(Outcome.returned(outcomes))
        .hasSize(20)
        .allSatisfy(responses ->
            assertThat(responses)
                .extracting(ExecuteMultipleIT::version)
                .containsExactly(0L, 1L, 0L));
    assertThat(records()).containsExactly(first, first, first, second);
  }

  @Test
  void an_id_that_leaves_no_room_for_those_of_its_members_is_refused_before_anything_is_done() {
    String longest = "i".repeat(CommandHeader.ID_OF_MANY_LENGTH_MAX);

    assertThat(node.send(longest, all(create(first)))).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> node.send(longest + "i", all(create(second))));
    assertThat(records()).containsExactly(first);
  }

  private static ExecuteMultiple all(RecordCommand... commands) {
    return new ExecuteMultiple(List.of(commands), false);
  }

  private static RecordCommand create(RecordRef record) {
    return new CreateRecord(record, Map.of("name", new Value.Text("counter")));
  }

  private static RecordCommand count(RecordRef record, long expected, long count) {
    return new UpdateRecord(
        record, Map.of("count", new Value.Whole(count)), Expectation.exactly(expected));
  }

  private static long version(Response response) {
    return ((Accepted) response).result().first().rowVersion();
  }

  private static Refusal refusal(Response response) {
    return ((Refused) response).refusal();
  }

  /// Of each event, in the order of the log.
  private List<RecordRef> records() {
    return WholeLog.read(database.owner()).stream()
        .map(LoggedEvent::record)
        .filter(record -> record.entityType().equals("counter"))
        .toList();
  }
}
