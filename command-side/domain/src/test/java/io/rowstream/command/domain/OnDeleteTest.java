package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.ADA;
import static io.rowstream.command.domain.Contacts.BEA;
import static io.rowstream.command.domain.Contacts.CONTACT;
import static io.rowstream.command.domain.Contacts.deleted;
import static io.rowstream.language.command.Expectation.NONE;
import static io.rowstream.language.command.Expectation.exactly;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.entity.Relationship.OnDelete;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.language.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What becomes of the records that refer to a deleted one is what their relationship says.
class OnDeleteTest {
  private static final RecordRef CALL = task(1);
  private static final RecordRef NOTE = task(2);

  private final Scenario records =
      new Scenario(
          CALL,
          CONTACT,
          EntityType.of(
                  "task",
                  "tasks",
                  "Task",
                  "subject",
                  Contacts.text("subject"),
                  lookup("about", "contact"),
                  lookup("blocks", "contact"),
                  lookup("part", "task"))
              .with(
                  new Relationship("task_blocks", "blocks", "contact").on(OnDelete.RESTRICT),
                  new Relationship("task_part", "part", "task").on(OnDelete.CASCADE)));

  @Test
  void a_link_is_removed_from_those_that_are_told_to_lose_it() {
    records.when(new CreateRecord(ADA, Map.of()));
    records.when(create(CALL, "about", ADA));

    records
        .when(new DeleteRecord(ADA, NONE))
        .expectEvents(deleted(), unlinked("about", ADA))
        .expectVersion(1);
  }

  @Test
  void a_record_that_others_hold_on_to_is_not_deleted() {
    records.when(new CreateRecord(ADA, Map.of()));
    records.when(create(CALL, "blocks", ADA));

    var refused = records.when(new DeleteRecord(ADA, NONE));

    refused.expectRefusal(new Refusal.StillReferenced(ADA, CALL, "blocks"));
    assertThat(refused.decidedOn()).isEqualTo(Map.of(CALL, 0L));
    records.when(new UpdateRecord(CALL, Map.of("blocks", Value.empty()), NONE));
    records.when(new DeleteRecord(ADA, NONE)).expectEvents(deleted());
  }

  @Test
  void what_is_part_of_a_deleted_record_goes_with_it_and_so_do_its_parts() {
    records.when(new CreateRecord(CALL, Map.of()));
    records.when(create(NOTE, "part", CALL));
    records.when(create(task(3), "part", NOTE));

    records
        .when(new DeleteRecord(CALL, exactly(0)))
        .expectEvents(
            deleted(),
            new RecordDeleted(Map.of("part", new Value.Lookup(CALL)), false, Set.of()),
            new RecordDeleted(Map.of("part", new Value.Lookup(NOTE)), false, Set.of()));
  }

  @Test
  void parts_of_each_other_go_together() {
    records.when(new ChangeSet(List.of(create(CALL, "part", NOTE), create(NOTE, "part", CALL))));

    records.when(new DeleteRecord(CALL, NONE)).results();

    records.when(new UpdateRecord(NOTE, Map.of(), NONE)).refusal();
  }

  @Test
  void what_earlier_members_of_a_change_set_have_let_go_counts() {
    records.when(new CreateRecord(ADA, Map.of()));
    records.when(create(CALL, "blocks", ADA));
    var letGo = new UpdateRecord(CALL, Map.of("blocks", new Value.Lookup(BEA)), NONE);
    var delete = new DeleteRecord(ADA, NONE);

    records
        .when(new ChangeSet(List.of(new CreateRecord(BEA, Map.of()), delete, letGo)))
        .expectRefusal(
            new Refusal.MemberRefused(1, new Refusal.StillReferenced(ADA, CALL, "blocks")));
    records.when(new ChangeSet(List.of(new CreateRecord(BEA, Map.of()), letGo, delete))).results();
  }

  @Test
  void everything_that_may_change_is_locked_in_one_order() {
    records.when(new CreateRecord(ADA, Map.of()));
    records.when(create(CALL, "about", ADA));
    records.when(create(NOTE, "part", CALL));

    var then =
        records.when(
            new ChangeSet(List.of(new DeleteRecord(CALL, NONE), new DeleteRecord(ADA, NONE))));

    assertThat(then.locked()).containsExactly(ADA.toString(), CALL.toString(), NOTE.toString());
  }

  @Test
  void at_most_a_thousand_records_go_with_one() {
    records.when(new CreateRecord(ADA, Map.of()));
    var tasks = new ArrayList<RecordCommand>();
    IntStream.range(0, DeletionPlan.RECORDS_MAX)
        .forEach(i -> tasks.add(create(task(i), "about", ADA)));
    records.when(new ChangeSet(tasks)).results();
    records.when(create(task(1_000), "about", ADA)).results();

    records.when(new DeleteRecord(ADA, NONE)).expectRefusal(new Refusal.TooManyRelated(ADA, 1_000));
    records.when(new DeleteRecord(task(0), NONE)).results();
  }

  private static Attribute lookup(String name, String target) {
    return new Attribute(name, name, new AttributeType.Lookup(Set.of(target)));
  }

  private static RecordRef task(long number) {
    return new RecordRef("task", new UUID(1, number));
  }

  private static CreateRecord create(RecordRef record, String lookup, RecordRef target) {
    return new CreateRecord(record, Map.of(lookup, new Value.Lookup(target)));
  }

  private static RecordEvent unlinked(String lookup, RecordRef target) {
    return new RecordUpdated(
        Map.of(lookup, new Change(new Value.Lookup(target), Value.empty())),
        false,
        false,
        Set.of());
  }
}
