package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.ADA;
import static io.rowstream.command.domain.Contacts.BEA;
import static io.rowstream.command.domain.Contacts.CONTACT;
import static io.rowstream.command.domain.Contacts.created;
import static io.rowstream.command.domain.Contacts.deleted;
import static io.rowstream.command.domain.Contacts.updated;
import static io.rowstream.language.command.Expectation.NONE;
import static io.rowstream.language.command.Expectation.exactly;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Claim;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.ByAlternateKey;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.event.ClaimEvent.Claimed;
import io.rowstream.language.event.ClaimEvent.Released;
import io.rowstream.language.refusal.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// At any moment at most one record has the values of an alternate key.
class AlternateKeyTest {
  private static final AlternateKey FAX = AlternateKey.of("fax", "fax");
  private static final AlternateKey PLACE = AlternateKey.of("place", "city", "street");

  private final Scenario records = new Scenario(ADA, CONTACT.with(FAX, PLACE));

  @Test
  void a_new_record_takes_its_keys_in_the_same_unit() {
    records
        .when(create(ADA, "fullname", "Ada", "fax", "1"))
        .expectEvents(created("fullname", "Ada", "fax", "1"))
        .expectClaims(new Claimed(ADA))
        .expectVersion(0);
  }

  @Test
  void a_record_with_an_empty_attribute_has_no_key() {
    records.when(create(ADA, "city", "Ulm")).expectClaims();
    records.when(create(BEA, "city", "Ulm")).expectClaims();
  }

  @Test
  void nobody_else_gets_a_key_that_is_taken() {
    records.when(create(ADA, "fax", "1", "city", "Ulm", "street", "A"));

    records.when(create(BEA, "fax", "1")).expectRefusal(duplicate("fax"));
    records.when(create(BEA, "city", "Ulm", "street", "A")).expectRefusal(duplicate("place"));
    records.when(create(BEA, "city", "Ulm", "street", "B", "fax", "2")).expectVersion(0);
    assertThat(records.when(update(BEA, "fax", "1")).decidedOn()).isEqualTo(Map.of(BEA, 0L));
  }

  @Test
  void texts_that_differ_in_case_alone_are_one_key() {
    records.when(create(ADA, "fax", "ÄRGER-ß"));

    records.when(create(BEA, "fax", "ärger-ß")).expectRefusal(duplicate("fax"));
    records
        .when(update(ADA, "fax", "Ärger-ß"))
        .expectEvents(updated("fax", "ÄRGER-ß", "Ärger-ß"))
        .expectClaims();
  }

  @Test
  void a_key_that_is_changed_or_cleared_is_free_again() {
    records.when(create(ADA, "fax", "1"));

    records
        .when(update(ADA, "fax", "2"))
        .expectEvents(updated("fax", "1", "2"))
        .expectClaims(new Claimed(ADA), new Released());
    records.when(create(BEA, "fax", "1")).expectVersion(0);
    records.when(update(ADA, "fax", null)).expectVersion(2);
    records.when(update(BEA, "fax", "2")).expectVersion(1);
  }

  @Test
  void the_key_of_a_deleted_record_is_free_and_taken_again_when_it_comes_back() {
    records.when(create(ADA, "fax", "1"));
    records
        .when(new DeleteRecord(ADA, NONE))
        .expectEvents(deleted("fax", "1"))
        .expectClaims(new Released(), new Claimed(ADA));

    records.when(create(BEA, "fax", "1")).expectVersion(0);
    records
        .when(new RestoreRecord(ADA, new RowVersion(0), NONE))
        .expectRefusal(new Refusal.DuplicateKey("contact", "fax", BEA));
    records.when(new DeleteRecord(BEA, NONE)).expectVersion(1);
    records.when(new RestoreRecord(ADA, new RowVersion(0), NONE)).expectVersion(2);
    records.when(create(BEA, "fax", "1")).expectRefusal(duplicate("fax"));
  }

  @Test
  void records_of_one_change_set_can_swap_their_keys_and_cannot_share_one() {
    records.when(create(ADA, "fax", "1"));
    records.when(create(BEA, "fax", "2"));

    records
        .when(changeSet(update(ADA, "fax", "2"), update(BEA, "fax", "1")))
        .expectEvents(updated("fax", "1", "2"), updated("fax", "2", "1"))
        .expectClaims(new Claimed(ADA), new Claimed(BEA));
    records
        .when(
            changeSet(
                update(ADA, "fullname", "x"), update(BEA, "fax", "3"), update(ADA, "fax", "3")))
        .expectRefusal(
            new Refusal.MemberRefused(1, new Refusal.DuplicateKey("contact", "fax", ADA)));
  }

  @Test
  void what_a_change_set_takes_and_gives_back_leaves_no_trace() {
    records
        .when(changeSet(create(ADA, "fax", "1"), update(ADA, "fax", null)))
        .expectEvents(created("fax", "1"), updated("fax", "1", null))
        .expectClaims();
  }

  @Test
  void an_upsert_by_key_changes_the_record_that_has_it() {
    records.when(create(ADA, "fax", "1"));

    records
        .when(byFax("1", new UpsertRecord(BEA, Contacts.values("fullname", "Ada"), NONE)))
        .expectEvents(updated("fullname", null, "Ada"))
        .expectResults(new RecordResult(ADA, 1, false));
  }

  @Test
  void an_upsert_by_key_creates_a_record_that_has_it_when_none_does() {
    var then =
        records.when(byFax("1", new UpsertRecord(BEA, Contacts.values("fullname", "Bea"), NONE)));

    then.expectEvents(created("fullname", "Bea", "fax", "1"))
        .expectClaims(new Claimed(BEA))
        .expectResults(new RecordResult(BEA, 0, true));
    records
        .when(byFax("2", new UpsertRecord(ADA, Contacts.values("fax", "3"), NONE)))
        .expectRefusal(new Refusal.InvalidValue("contact", "fax", "it is not what the key says"));
  }

  @Test
  void a_command_by_key_rests_on_who_has_the_key() {
    RecordRef claim = Claim.onKey("contact", FAX, Contacts.values("fax", "1"));
    assertThat(claim).isNotNull();
    records.when(create(ADA, "fax", "1"));

    var then =
        records.when(byFax("1", new UpdateRecord(BEA, Contacts.values("city", "Ulm"), exactly(0))));
    assertThat(then.expectVersion(1).restsOn()).isEqualTo(Map.of(claim, 0L));
    var refused = records.when(byFax("1", new DeleteRecord(BEA, exactly(0))));
    assertThat(refused.refusal()).isInstanceOf(Refusal.VersionMismatch.class);
    assertThat(refused.decidedOn()).isEqualTo(Map.of(claim, 0L, ADA, 1L));
  }

  @Test
  void a_command_by_a_key_that_nobody_has_is_refused_unless_it_may_create() {
    for (RecordCommand command :
        List.of(
            new UpdateRecord(ADA, Map.of(), NONE),
            new UpsertRecord(ADA, Map.of(), exactly(3)),
            new DeleteRecord(ADA, NONE))) {
      records.when(byFax("1", command)).expectRefusal(new Refusal.KeyNotFound("contact", "fax"));
    }
    records.when(byFax("1", new CreateRecord(ADA, Map.of()))).expectCreated(true);
    records
        .when(byFax("1", new CreateRecord(BEA, Map.of())))
        .expectRefusal(new Refusal.DuplicateRecord(ADA));
  }

  @Test
  void a_key_needs_a_name_and_values_that_fit() {
    records
        .when(new ByAlternateKey("nosuch", Map.of(), new DeleteRecord(ADA, NONE)))
        .expectRefusal(
            new Refusal.InvalidValue("contact", "nosuch", "there is no such alternate key"));
    records
        .when(
            new ByAlternateKey(
                "place", Contacts.values("city", "Ulm"), new DeleteRecord(ADA, NONE)))
        .expectRefusal(
            new Refusal.InvalidValue(
                "contact", "street", "a key has a value in each of its attributes"));
  }

  private static Refusal duplicate(String key) {
    return new Refusal.DuplicateKey("contact", key, ADA);
  }

  private static CreateRecord create(RecordRef record, @Nullable String... namesAndTexts) {
    return new CreateRecord(record, Contacts.values(namesAndTexts));
  }

  private static UpdateRecord update(RecordRef record, @Nullable String... namesAndTexts) {
    return new UpdateRecord(record, Contacts.values(namesAndTexts), NONE);
  }

  private static ByAlternateKey byFax(String number, RecordCommand command) {
    return new ByAlternateKey("fax", Contacts.values("fax", number), command);
  }

  private static ChangeSet changeSet(RecordCommand... members) {
    return new ChangeSet(List.of(members));
  }
}
