package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.ADA;
import static io.rowstream.command.domain.Contacts.CONTACT;
import static io.rowstream.command.domain.Contacts.createAda;
import static io.rowstream.command.domain.Contacts.created;
import static io.rowstream.command.domain.Contacts.deleted;
import static io.rowstream.command.domain.Contacts.update;
import static io.rowstream.command.domain.Contacts.updated;
import static io.rowstream.command.domain.Contacts.upsert;
import static io.rowstream.language.command.Expectation.NONE;
import static io.rowstream.language.command.Expectation.exactly;

import io.rowstream.language.RecordRef;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.refusal.Refusal;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What creates, updates and upserts record.
class UpdateTest {
  private final Scenario record = new Scenario(ADA, CONTACT);

  @Test
  void a_record_is_created_with_what_it_holds_and_nothing_empty() {
    record
        .when(createAda("fullname", "Ada", "fax", null, "jobtitle", ""))
        .expectEvents(created("fullname", "Ada", "jobtitle", ""))
        .expectResults(new RecordResult(ADA, 0, true));
  }

  @Test
  void a_record_may_hold_nothing() {
    record.when(createAda()).expectEvents(created()).expectVersion(0);
  }

  @Test
  void a_record_is_created_once() {
    record.given(created()).when(createAda()).expectRefusal(new Refusal.DuplicateRecord(ADA));
  }

  @Test
  void a_deleted_record_created_again_continues_its_stream_with_nothing_of_the_past() {
    record
        .given(created("fullname", "Ada", "fax", "1"), deleted("fullname", "Ada", "fax", "1"))
        .when(createAda("fullname", "Ada II"))
        .expectEvents(created("fullname", "Ada II"))
        .expectResults(new RecordResult(ADA, 2, true));
    record
        .when(update(exactly(2), "fax", "1"))
        .expectEvents(updated("fax", null, "1"))
        .expectVersion(3);
  }

  @Test
  void an_update_records_only_what_differs() {
    record
        .given(created("fullname", "Ada", "fax", "1"))
        .when(update(NONE, "fullname", "Ada", "fax", "2", "jobtitle", "CTO"))
        .expectEvents(updated("fax", "1", "2", "jobtitle", null, "CTO"))
        .expectResults(new RecordResult(ADA, 1, false));
  }

  @Test
  void an_update_that_changes_nothing_records_nothing_and_succeeds_at_the_same_version() {
    record
        .given(created("fullname", "Ada"), updated("fullname", "Ada", "Bea"))
        .when(update(exactly(1), "fullname", "Bea", "fax", null))
        .expectNothing()
        .expectResults(new RecordResult(ADA, 1, false));
    record.when(update(NONE)).expectNothing().expectVersion(1);
  }

  @Test
  void null_clears_an_attribute_and_a_missing_one_is_left_alone() {
    record
        .given(created("fullname", "Ada", "fax", "1"))
        .when(update(NONE, "fax", null))
        .expectEvents(updated("fax", "1", null));
    record.when(update(NONE, "fullname", "Ada", "fax", null)).expectNothing();
  }

  @Test
  void an_empty_string_is_a_value() {
    record
        .given(created("fullname", "Ada"))
        .when(update(NONE, "fax", ""))
        .expectEvents(updated("fax", null, ""));
    record.when(update(NONE, "fax", null)).expectEvents(updated("fax", "", null));
  }

  @Test
  void what_was_never_there_is_not_found() {
    record
        .when(update(exactly(0), "fullname", "Ada"))
        .expectRefusal(new Refusal.RecordNotFound(ADA));
  }

  @Test
  void what_was_deleted_is_refused_with_who_and_when() {
    record
        .given(created(), deleted())
        .when(update(NONE, "fullname", "Ada"))
        .expectRefusal(new Refusal.RecordIsDeleted(ADA, 1, Scenario.BEA, Scenario.timeOf(1)));
  }

  @Test
  void an_upsert_creates_what_is_not_there_and_updates_what_is() {
    record
        .when(upsert(NONE, "fullname", "Ada"))
        .expectEvents(created("fullname", "Ada"))
        .expectCreated(true);
    record
        .when(upsert(NONE, "fullname", "Bea"))
        .expectEvents(updated("fullname", "Ada", "Bea"))
        .expectCreated(false);
    record.when(upsert(NONE, "fullname", "Bea")).expectNothing().expectVersion(1);
  }

  @Test
  void an_upsert_of_a_deleted_record_creates_it_again() {
    record
        .given(created("fullname", "Ada"), deleted("fullname", "Ada"))
        .when(upsert(NONE, "fax", "1"))
        .expectEvents(created("fax", "1"))
        .expectResults(new RecordResult(ADA, 2, true));
  }

  @Test
  void an_upsert_that_expects_a_version_does_not_create() {
    record
        .when(upsert(exactly(0), "fullname", "Ada"))
        .expectRefusal(new Refusal.RecordNotFound(ADA));
  }

  @Test
  void a_record_of_an_unknown_type_is_refused() {
    var unicorn = new RecordRef("unicorn", new UUID(0, 9));

    record
        .when(new CreateRecord(unicorn, Map.of()))
        .expectRefusal(new Refusal.EntityTypeNotFound("unicorn"));
  }
}
