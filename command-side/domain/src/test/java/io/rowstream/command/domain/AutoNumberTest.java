package io.rowstream.command.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.refusal.Refusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Attributes that give new records numbers.
class AutoNumberTest {
  private static final RecordRef ONE = new RecordRef("ticket", new UUID(0, 1));
  private static final RecordRef TWO = new RecordRef("ticket", new UUID(0, 2));
  private static final RecordRef THREE = new RecordRef("ticket", new UUID(0, 3));
  private static final RecordRef FOUR = new RecordRef("ticket", new UUID(0, 4));
  private static final EntityType TICKET =
      EntityType.of(
          "ticket",
          "tickets",
          "Ticket",
          "title",
          new Attribute("title", "Title", new AttributeType.Text(100)),
          numbered("number", 20, "CAS-{SEQNUM:5}-{DATETIMEUTC:yyyyMMdd}"),
          numbered("code", 9, "{RANDSTRING:4}-{SEQNUM:1}"));

  private final Scenario records = new Scenario(ONE, TICKET);

  @Test
  void a_new_record_gets_what_its_creator_has_not_given() {
    records
        .when(create(ONE, "title", "Bent", "code", "mine"))
        .expectEvents(created("title", "Bent", "code", "mine", "number", "CAS-01000-20261120"));
    records
        .when(create(TWO, "number", null, "code", "mine"))
        .expectEvents(created("code", "mine", "number", "CAS-01001-20261120"));
  }

  @Test
  void a_value_that_is_given_is_kept_and_takes_no_number_away() {
    records
        .when(create(ONE, "number", "X", "code", ""))
        .expectEvents(created("number", "X", "code", ""));

    assertThat(records.lastNumber("ticket", "number")).isNull();
  }

  @Test
  void randomness_is_in_its_place_and_each_attribute_counts_for_itself() {
    var event = (RecordCreated) records.when(create(ONE, "number", "X")).events().getFirst();

    assertThat(event.values().get("code"))
        .isInstanceOfSatisfying(
            Value.Text.class, code -> assertThat(code.text()).matches("[A-Z0-9]{4}-1000"));
  }

  @Test
  void an_upsert_that_creates_gives_a_number_and_one_that_updates_does_not() {
    records
        .when(new UpsertRecord(ONE, Contacts.values("code", "a"), Expectation.NONE))
        .expectEvents(created("code", "a", "number", "CAS-01000-20261120"));
    records
        .when(new UpsertRecord(ONE, Contacts.values("title", "b"), Expectation.NONE))
        .expectEvents(Contacts.updated("title", null, "b"));
  }

  @Test
  void a_number_can_be_changed_and_cleared_and_is_not_given_again() {
    records
        .given(created("number", "CAS-1", "code", "a"))
        .when(new UpdateRecord(ONE, Contacts.values("number", null), Expectation.NONE))
        .expectEvents(Contacts.updated("number", "CAS-1", null));
  }

  @Test
  void a_record_created_again_gets_another_number() {
    records.when(create(ONE, "code", "a"));
    records.when(new DeleteRecord(ONE, Expectation.NONE));

    records
        .when(create(ONE, "code", "a"))
        .expectEvents(created("code", "a", "number", "CAS-01001-20261120"));
  }

  @Test
  void each_member_of_a_change_set_gets_its_own() {
    records
        .when(new ChangeSet(List.of(create(TWO, "code", "a"), create(ONE, "code", "b"))))
        .expectEvents(
            created("code", "a", "number", "CAS-01000-20261120"),
            created("code", "b", "number", "CAS-01001-20261120"));
  }

  @Test
  void creates_of_a_change_set_take_their_numbers_at_once_and_no_more_than_they_need() {
    records
        .when(
            new ChangeSet(
                List.of(
                    create(ONE, "code", "a", "number", "X"),
                    new UpsertRecord(THREE, Contacts.values("code", "a"), Expectation.NONE),
                    create(TWO, "code", "a", "number", null),
                    create(FOUR, "code", "a"))))
        .expectEvents(
            created("code", "a", "number", "X"),
            created("code", "a", "number", "CAS-01000-20261120"),
            created("code", "a", "number", "CAS-01001-20261120"),
            created("code", "a", "number", "CAS-01002-20261120"));

    assertThat(records.numberTakings()).isEqualTo(2);
    assertThat(records.lastNumber("ticket", "number")).isEqualTo(1_002);
  }

  @Test
  void a_create_that_is_refused_takes_no_number_away() {
    records.given(created("number", "CAS-1", "code", "a"));

    records.when(create(ONE, "code", "b")).expectRefusal(new Refusal.DuplicateRecord(ONE));
    records
        .when(create(TWO, "title", "x".repeat(101)))
        .expectRefusal(new Refusal.TextTooLong("ticket", "title", 100));

    assertThat(records.lastNumber("ticket", "number")).isNull();
  }

  @Test
  void a_number_that_has_grown_too_long_is_refused() {
    records.numbersFrom(9_999, "ticket", "code");

    records.when(create(ONE, "number", "X")).results();
    records
        .when(create(TWO, "number", "X"))
        .expectRefusal(new Refusal.TextTooLong("ticket", "code", 9));
  }

  private static Attribute numbered(String name, int lengthMax, String format) {
    return new Attribute(
        name, name, new AttributeType.Text(lengthMax, AutoNumberFormat.parse(format)));
  }

  private static CreateRecord create(RecordRef record, @Nullable String... namesAndTexts) {
    return new CreateRecord(record, Contacts.values(namesAndTexts));
  }

  private static RecordCreated created(@Nullable String... namesAndTexts) {
    return Contacts.created(namesAndTexts);
  }
}
