package io.rowstream.language;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.ConcurrencyBehavior;
import io.rowstream.language.command.ExecuteMultiple;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandTest {
  private static final RecordRef ADA = new RecordRef("contact", new UUID(0, 1));

  @Test
  void a_command_id_has_1_to_200_characters_and_a_client_id_at_most_200() {
    new CommandHeader("c".repeat(200), true, "t".repeat(200), new UUID(0, 1));
    new CommandHeader("c", true, null, new UUID(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> header("", null));
    assertThatIllegalArgumentException().isThrownBy(() -> header("c".repeat(201), null));
    assertThatIllegalArgumentException().isThrownBy(() -> header("c", "t".repeat(201)));
  }

  private static CommandHeader header(String commandId, @Nullable String clientId) {
    return new CommandHeader(commandId, true, clientId, new UUID(0, 1));
  }

  @Test
  void one_message_has_1_to_1000_commands() {
    RecordCommand create = new CreateRecord(ADA, Map.of());

    for (int members : new int[] {1, 1_000}) {
      assertThat(new ChangeSet(nCopies(members, create)).members()).hasSize(members);
      assertThat(new ExecuteMultiple(nCopies(members, create), true).members()).hasSize(members);
    }
    for (int members : new int[] {0, 1_001}) {
      var commands = nCopies(members, create);
      assertThatIllegalArgumentException().isThrownBy(() -> new ChangeSet(commands));
      assertThatIllegalArgumentException().isThrownBy(() -> new ExecuteMultiple(commands, true));
    }
  }

  @Test
  void what_is_said_cannot_be_changed_afterwards() {
    var values = new HashMap<>(Map.of("fullname", Value.text("Ada")));
    var command = new CreateRecord(ADA, values);
    var event = new RecordCreated(values);

    values.clear();

    assertThat(command.values()).hasSize(1);
    assertThat(event.values()).hasSize(1);
  }

  @Test
  void behaviours_have_the_numbers_clients_send() {
    assertThat(ConcurrencyBehavior.values())
        .extracting(ConcurrencyBehavior::number)
        .containsExactly(0, 1, 2, 3);
    assertThat(Expectation.exactly(3).version()).isEqualTo(new RowVersion(3));
    assertThat(Expectation.NONE.version()).isNull();
  }

  @Test
  void a_created_and_a_deleted_record_change_in_everything_they_hold() {
    var ada = Map.<String, Value>of("fullname", Value.text("Ada"));
    var appears = Map.of("fullname", new Change(Value.empty(), Value.text("Ada")));
    var goes = Map.of("fullname", new Change(Value.text("Ada"), Value.empty()));

    assertThat(new RecordCreated(ada).changes()).isEqualTo(appears);
    assertThat(new RecordDeleted(ada, true, Set.of()).changes()).isEqualTo(goes);
    assertThat(new RecordDeleted(ada, true, Set.of()).isForced()).isTrue();
    assertThat(new RecordCreated(ada).isForced()).isFalse();
    assertThat(new RecordUpdated(appears, true, false, Set.of()).isMerged()).isTrue();
    assertThat(new RecordDeleted(ada, true, Set.of()).isMerged()).isFalse();
  }

  @Test
  void a_refusal_costs_no_stack_trace_and_says_no_values() {
    var refused =
        new RefusedException(new Refusal.InvalidValue("contact", "fax", "secret"), Map.of(ADA, 3L));

    assertThat(refused.getStackTrace()).isEmpty();
    assertThat(refused).hasMessage("InvalidValue");
    assertThat(refused.decidedOn()).isEqualTo(Map.of(ADA, 3L));
  }
}
