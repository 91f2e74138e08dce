package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.ADA;
import static io.rowstream.command.domain.Contacts.BEA;
import static io.rowstream.command.domain.Contacts.CONTACT;
import static io.rowstream.language.command.Expectation.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Change;
import io.rowstream.language.Claim;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RemoveReference;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.language.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A lookup refers to a record that is there.
class ReferenceTest {
  private static final RecordRef TASK = new RecordRef("task", new UUID(0, 3));

  private static final EntityType TYPE =
      EntityType.of(
          "task",
          "tasks",
          "Task",
          "subject",
          Contacts.text("subject"),
          new Attribute(
              "regarding", "Regarding", new AttributeType.Lookup(Set.of("contact", "task"))));

  private final Scenario records = new Scenario(TASK, CONTACT, TYPE);

  @Test
  void a_record_that_is_there_can_be_referred_to() {
    records.when(new CreateRecord(ADA, Map.of()));

    var then = records.when(task(ADA));

    assertThat(then.expectVersion(0).restsOn())
        .as("that it does not end meanwhile")
        .isEqualTo(Map.of(Claim.onEnd(ADA), -1L));
  }

  @Test
  void one_that_has_never_been_there_cannot() {
    records.when(task(ADA)).expectRefusal(new Refusal.ReferenceNotFound(TASK, "regarding", ADA));
  }

  @Test
  void one_that_is_deleted_cannot_until_it_is_back() {
    records.when(new CreateRecord(ADA, Map.of()));
    records.when(new DeleteRecord(ADA, NONE));
    records.when(task(ADA)).expectRefusal(new Refusal.ReferenceNotFound(TASK, "regarding", ADA));

    records.when(new RestoreRecord(ADA, new RowVersion(0), NONE));
    assertThat(records.when(task(ADA)).expectVersion(0).restsOn())
        .isEqualTo(Map.of(Claim.onEnd(ADA), 1L));
  }

  @Test
  void what_is_created_or_deleted_in_the_same_change_set_counts() {
    records.when(new ChangeSet(List.of(task(ADA), new CreateRecord(ADA, Map.of())))).results();
    records
        .when(
            new ChangeSet(
                List.of(
                    new DeleteRecord(ADA, NONE),
                    new UpdateRecord(TASK, Map.of("regarding", new Value.Lookup(TASK)), NONE),
                    new UpdateRecord(TASK, Map.of("regarding", new Value.Lookup(BEA)), NONE),
                    new CreateRecord(BEA, Map.of()))))
        .results();
    records.when(new DeleteRecord(TASK, NONE)).results();
    records
        .when(new ChangeSet(List.of(task(BEA), new DeleteRecord(BEA, NONE))))
        .expectRefusal(
            new Refusal.MemberRefused(0, new Refusal.ReferenceNotFound(TASK, "regarding", BEA)));
  }

  @Test
  void a_record_can_refer_to_itself() {
    records.when(task(TASK)).expectVersion(0);
  }

  @Test
  void a_reference_that_stays_is_not_looked_at_again() {
    records.when(new CreateRecord(ADA, Map.of()));
    records.when(task(ADA));

    var then =
        records.when(
            new UpdateRecord(
                TASK,
                Map.of("regarding", new Value.Lookup(ADA), "subject", Value.text("Call")),
                NONE));

    assertThat(then.expectVersion(1).restsOn()).isEmpty();
  }

  @Test
  void a_reference_is_removed_only_if_it_leads_to_the_record_named() {
    records.when(new CreateRecord(ADA, Map.of()));
    records.when(task(ADA));

    records.when(new RemoveReference(TASK, "regarding", BEA, NONE)).expectNothing();
    records
        .when(new RemoveReference(TASK, "regarding", ADA, NONE))
        .expectEvents(
            new RecordUpdated(
                Map.of("regarding", new Change(new Value.Lookup(ADA), Value.empty())),
                false,
                false,
                Set.of()));
    records.when(new RemoveReference(ADA, "regarding", TASK, NONE)).expectNothing();
  }

  private static RecordCommand task(RecordRef regarding) {
    return new CreateRecord(TASK, Map.of("regarding", new Value.Lookup(regarding)));
  }
}
