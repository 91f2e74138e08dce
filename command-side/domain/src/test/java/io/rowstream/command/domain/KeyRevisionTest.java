package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Claim;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand.ByAlternateKey;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.Revision;
import io.rowstream.language.command.Revision.AddKey;
import io.rowstream.language.command.Revision.Create;
import io.rowstream.language.command.Revision.RemoveKey;
import io.rowstream.language.command.Revision.SettleKey;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.AlternateKey.Status;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.ClaimEvent.Claimed;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.Refusal.AlreadyDefined;
import io.rowstream.language.refusal.Refusal.DuplicateKey;
import io.rowstream.language.refusal.Refusal.InvalidDefinition;
import io.rowstream.language.refusal.Refusal.InvalidValue;
import io.rowstream.language.refusal.Refusal.NotDefined;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// How keys come to entity types that are there, and go.
class KeyRevisionTest {
  private static final AlternateKey FIRST = AlternateKey.of("byname", "name");
  private static final AlternateKey CHIP = AlternateKey.of("bychip", "chip");
  private static final EntityType PET =
      EntityType.of("pet", "pets", "Pet", "name", text("name"), text("chip"), text("tag"))
          .with(FIRST);
  private static final RecordRef STREAM = EntityType.stream("pet");
  private static final RecordRef REX = new RecordRef("pet", new UUID(0, 7));
  private static final RecordRef BEN = new RecordRef("pet", new UUID(0, 8));

  private static Scenario.Then after(EntityType given, Revision revision) {
    return new Scenario(STREAM).given(new EntityTypeDefined(given)).when(revise(revision));
  }

  private static ReviseEntityType revise(Revision revision) {
    return new ReviseEntityType("pet", revision, null);
  }

  private static EntityType keyed(Status status) {
    return PET.with(FIRST, CHIP.since(1, status));
  }

  private static CreateRecord create(RecordRef record, String chip) {
    return new CreateRecord(record, Map.of("chip", Value.text(chip)));
  }

  @Test
  void a_key_that_comes_later_is_pending() {
    after(PET, new AddKey(CHIP)).expectEvents(new EntityTypeDefined(keyed(Status.PENDING)));
  }

  @Test
  void its_name_its_attributes_and_its_place_are_to_be_free() {
    after(PET, new AddKey(AlternateKey.of("byname", "chip")))
        .expectRefusal(new AlreadyDefined("pet", "byname"));
    for (AlternateKey other :
        new AlternateKey[] {AlternateKey.of("other", "name"), AlternateKey.of("other", "nosuch")}) {
      assertThat(after(PET, new AddKey(other)).refusal()).isInstanceOf(InvalidDefinition.class);
    }
    var full = new AlternateKey[AlternateKey.KEYS_MAX];
    for (int i = 0; i < full.length; i++) {
      full[i] = AlternateKey.of("k" + i, "name");
    }
    assertThat(after(PET.with(full), new AddKey(CHIP)).refusal())
        .isInstanceOf(InvalidDefinition.class);
  }

  @Test
  void it_is_settled_once() {
    after(keyed(Status.PENDING), new SettleKey("bychip", 1, true))
        .expectEvents(new EntityTypeDefined(keyed(Status.ACTIVE)));
    after(keyed(Status.PENDING), new SettleKey("bychip", 1, false))
        .expectEvents(new EntityTypeDefined(keyed(Status.FAILED)));
    after(keyed(Status.FAILED), new SettleKey("bychip", 1, true)).expectNothing();
    after(keyed(Status.ACTIVE), new SettleKey("bychip", 1, false)).expectNothing();
    after(keyed(Status.PENDING), new SettleKey("bychip", 2, true)).expectNothing();
  }

  @Test
  void it_goes_whatever_its_status() {
    for (Status status : Status.values()) {
      after(keyed(status), new RemoveKey("bychip")).expectEvents(new EntityTypeDefined(PET));
    }
    after(PET, new RemoveKey("bychip")).expectRefusal(new NotDefined("pet", "bychip"));
  }

  @Test
  void what_is_written_is_unique_under_it_unless_it_has_failed() {
    for (Status status : Status.values()) {
      var pets = new Scenario(REX, keyed(status));
      pets.when(create(REX, "c1")).expectVersion(0);
      var twin = pets.when(create(BEN, "c1"));
      if (status == Status.FAILED) {
        twin.expectVersion(0);
      } else {
        twin.expectRefusal(new DuplicateKey("pet", "bychip", REX));
      }
    }
  }

  @Test
  void only_one_in_force_leads_to_a_record() {
    for (Status status : Status.values()) {
      var pets = new Scenario(REX, keyed(status));
      pets.when(create(REX, "c1"));
      var deleted =
          pets.when(
              new ByAlternateKey(
                  "bychip",
                  Map.of("chip", Value.text("c1")),
                  new DeleteRecord(BEN, Expectation.NONE)));
      if (status == Status.ACTIVE) {
        deleted.expectVersion(1);
      } else {
        assertThat(deleted.refusal()).isInstanceOf(InvalidValue.class);
      }
    }
  }

  @Test
  void claims_under_the_key_before_mean_nothing_to_it() {
    var values = Map.of("chip", Value.text("c1"));
    var first = Claim.onKey("pet", CHIP, values);
    var pets = new Scenario(REX, PET.with(CHIP.since(3, Status.PENDING)));
    pets.given(Objects.requireNonNull(first), new Claimed(BEN));

    pets.when(create(REX, "c1")).expectVersion(0).expectClaims(new Claimed(REX));
  }

  @Test
  void keys_of_an_entity_type_that_comes_again_begin_anew() {
    var again = new Scenario(STREAM);
    again.given(new EntityTypeDefined(PET), new EntityTypeRemoved("pet"));

    again
        .when(revise(new Create(PET)))
        .expectEvents(new EntityTypeDefined(PET.with(FIRST.since(2, Status.ACTIVE))));
  }

  @Test
  void who_defines_the_same_again_leaves_its_keys_alone() {
    var pets = new Scenario(STREAM).given(new EntityTypeDefined(keyed(Status.PENDING)));

    pets.when(new DefineEntityType(PET.with(FIRST, CHIP))).expectNothing();
    assertThat(pets.when(new DefineEntityType(PET)).refusal())
        .isInstanceOf(InvalidDefinition.class);
  }

  @Test
  void an_entity_type_that_is_not_there_has_no_keys() {
    new Scenario(STREAM)
        .when(revise(new AddKey(CHIP)))
        .expectRefusal(new Refusal.EntityTypeNotFound("pet"));
  }

  @Test
  void who_lets_go_of_what_a_pending_key_has_not_claimed_yet_rests_on_that() {
    var records = new Scenario(REX, keyed(Status.PENDING));
    RecordRef claim =
        Claim.onKey("pet", CHIP.since(1, Status.PENDING), Contacts.values("chip", "1"));
    records.given(new RecordCreated(Contacts.values("chip", "1")));

    var deleted = records.when(new DeleteRecord(REX, Expectation.NONE));

    assertThat(deleted.restsOn()).containsEntry(Objects.requireNonNull(claim), -1L);
  }
}
