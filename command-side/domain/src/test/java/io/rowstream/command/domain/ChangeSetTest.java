package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.ADA;
import static io.rowstream.command.domain.Contacts.BEA;
import static io.rowstream.command.domain.Contacts.CONTACT;
import static io.rowstream.command.domain.Contacts.createAda;
import static io.rowstream.command.domain.Contacts.created;
import static io.rowstream.command.domain.Contacts.delete;
import static io.rowstream.command.domain.Contacts.deleted;
import static io.rowstream.command.domain.Contacts.update;
import static io.rowstream.command.domain.Contacts.updated;
import static io.rowstream.language.command.Expectation.NONE;
import static io.rowstream.language.command.Expectation.exactly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.language.RecordRef;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.testkit.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Several commands that succeed or fail as one.
class ChangeSetTest {
  private final Scenario records = new Scenario(ADA, CONTACT);

  @Test
  void all_members_happen_in_their_order() {
    records
        .given(BEA, created("fullname", "Bea"))
        .when(changeSet(bea("fullname", "Bea II"), createAda("fullname", "Ada"), bea("fax", "1")))
        .expectEvents(
            updated("fullname", "Bea", "Bea II"),
            created("fullname", "Ada"),
            updated("fax", null, "1"))
        .expectResults(
            new RecordResult(BEA, 1, false),
            new RecordResult(ADA, 0, true),
            new RecordResult(BEA, 2, false));
  }

  @Test
  void one_refused_member_refuses_all_and_is_named() {
    records
        .given(created("fullname", "Ada"))
        .when(
            changeSet(
                new CreateRecord(BEA, Contacts.values("fullname", "Bea")),
                update(NONE, "fullname", "Bea"),
                createAda("fullname", "Ada")))
        .expectRefusal(new Refusal.MemberRefused(2, new Refusal.DuplicateRecord(ADA)));
    records.when(update(exactly(0), "fax", "1")).expectVersion(1);
  }

  @Test
  void each_member_is_held_against_its_own_version() {
    records
        .given(created("fullname", "Ada"))
        .given(BEA, created("fullname", "Bea"), updated("fax", null, "1"));

    var refusal =
        records
            .when(
                changeSet(
                    update(exactly(0), "fullname", "Ada II"),
                    new UpdateRecord(BEA, Contacts.values("fullname", "Bea II"), exactly(0))))
            .refusal();

    assertThat(refusal)
        .isInstanceOfSatisfying(
            Refusal.MemberRefused.class,
            refused -> {
              assertThat(refused.member()).isEqualTo(1);
              assertThat(((Refusal.VersionMismatch) refused.reason()).currentVersion())
                  .isEqualTo(1);
            });
  }

  @Test
  void a_record_may_be_meant_more_than_once() {
    records
        .when(
            changeSet(
                createAda("fullname", "Ada"),
                update(exactly(0), "fax", "1"),
                update(exactly(1), "fax", "2"),
                delete(exactly(2)),
                createAda("fullname", "Ada II")))
        .expectEvents(
            created("fullname", "Ada"),
            updated("fax", null, "1"),
            updated("fax", "1", "2"),
            deleted("fullname", "Ada", "fax", "2"),
            created("fullname", "Ada II"));
  }

  @Test
  void a_member_is_held_against_what_earlier_members_have_made() {
    var refusal =
        records
            .given(created("fullname", "Ada"))
            .when(changeSet(update(exactly(0), "fax", "1"), update(exactly(0), "fax", "2")))
            .refusal();

    var refused = (Refusal.MemberRefused) refusal;
    assertThat(refused.member()).isEqualTo(1);
    assertThat(((Refusal.VersionMismatch) refused.reason()).currentVersion()).isEqualTo(1);
  }

  @Test
  void a_refusal_rests_on_what_is_in_the_log_not_on_what_earlier_members_have_made() {
    var then =
        records
            .given(created("fullname", "Ada"))
            .when(changeSet(update(exactly(0), "fullname", "Bea"), createAda("fullname", "Ada")));

    assertThat(then.decidedOn()).isEqualTo(Map.of(ADA, 0L));
  }

  @Test
  void records_are_locked_once_each_in_one_order_whatever_the_order_of_members() {
    var refs =
        IntStream.range(0, 20)
            .mapToObj(i -> new RecordRef("contact", new UUID(i - 10, i)))
            .toList();
    var members =
        new ArrayList<RecordCommand>(
            refs.stream().map(ref -> (RecordCommand) new CreateRecord(ref, Map.of())).toList());
    members.addAll(
        members.reversed().stream()
            .map(m -> (RecordCommand) new UpdateRecord(m.record(), Map.of(), NONE))
            .toList());
    var creates = members.subList(0, 20);
    Collections.shuffle(creates, Seed.ofThisRun().random());

    var then = records.when(new ChangeSet(members));

    then.results();
    assertThat(then.locked())
        .containsExactlyElementsOf(refs.stream().sorted().map(RecordRef::toString).toList());
  }

  @Test
  void a_change_set_has_1_to_1_000_members() {
    assertThatThrownBy(() -> new ChangeSet(List.of())).hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> new ChangeSet(Collections.nCopies(1_001, createAda())))
        .hasMessageContaining("not 1001");
    records.when(new ChangeSet(Collections.nCopies(1_000, Contacts.upsert(NONE)))).results();
  }

  private static ChangeSet changeSet(RecordCommand... members) {
    return new ChangeSet(List.of(members));
  }

  private static UpdateRecord bea(@Nullable String... namesAndTexts) {
    return new UpdateRecord(BEA, Contacts.values(namesAndTexts), NONE);
  }
}
