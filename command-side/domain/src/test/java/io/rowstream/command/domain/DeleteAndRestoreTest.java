package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.ADA;
import static io.rowstream.command.domain.Contacts.CONTACT;
import static io.rowstream.command.domain.Contacts.changes;
import static io.rowstream.command.domain.Contacts.created;
import static io.rowstream.command.domain.Contacts.delete;
import static io.rowstream.command.domain.Contacts.deleted;
import static io.rowstream.command.domain.Contacts.restore;
import static io.rowstream.command.domain.Contacts.update;
import static io.rowstream.command.domain.Contacts.updated;
import static io.rowstream.language.command.Expectation.NONE;
import static io.rowstream.language.command.Expectation.exactly;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.refusal.Refusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The end of a record and its return.
class DeleteAndRestoreTest {
  private final Scenario record = new Scenario(ADA, CONTACT);

  @Test
  void a_delete_records_what_the_record_held() {
    record
        .given(created("fullname", "Ada"), updated("fax", null, "1"))
        .when(delete(exactly(1)))
        .expectEvents(deleted("fullname", "Ada", "fax", "1"))
        .expectResults(new RecordResult(ADA, 2, false));
  }

  @Test
  void what_is_deleted_is_not_deleted_again() {
    record
        .given(created(), deleted())
        .when(delete(NONE))
        .expectRefusal(new Refusal.RecordIsDeleted(ADA, 1, Scenario.BEA, Scenario.timeOf(1)));
  }

  @Test
  void what_was_never_there_is_neither_deleted_nor_restored() {
    record.when(delete(NONE)).expectRefusal(new Refusal.RecordNotFound(ADA));
    record.when(restore(0, NONE)).expectRefusal(new Refusal.RecordNotFound(ADA));
  }

  @Test
  void a_restore_brings_a_deleted_record_back_as_it_was() {
    record
        .given(
            created("fullname", "Ada", "fax", "1"),
            updated("fax", "1", null, "city", null, "Paris"),
            deleted("fullname", "Ada", "city", "Paris"))
        .when(restore(0, NONE))
        .expectEvents(restored(0, "fullname", null, "Ada", "fax", null, "1"))
        .expectResults(new RecordResult(ADA, 3, true));
    record
        .when(update(exactly(3), "fax", "2"))
        .expectEvents(updated("fax", "1", "2"))
        .expectVersion(4);
  }

  @Test
  void a_deleted_record_that_held_nothing_comes_back_too() {
    record
        .given(created(), deleted())
        .when(restore(0, NONE))
        .expectEvents(restored(0))
        .expectCreated(true);
  }

  @Test
  void a_restore_takes_a_living_record_back() {
    record
        .given(
            created("fullname", "Ada", "fax", "1"),
            updated("fullname", "Ada", "Bea"),
            updated("fax", "1", null, "city", null, "Paris"))
        .when(restore(1, exactly(2)))
        .expectEvents(restored(1, "fax", null, "1", "city", "Paris", null))
        .expectResults(new RecordResult(ADA, 3, false));
  }

  @Test
  void a_restore_that_changes_nothing_records_nothing() {
    record
        .given(created("fullname", "Ada"), updated("fullname", "Ada", "Bea"))
        .when(restore(1, NONE))
        .expectNothing()
        .expectVersion(1);
  }

  @Test
  void a_version_at_which_there_was_no_record_is_refused() {
    record.given(created(), deleted(), created());

    assertThat(record.when(restore(1, NONE)).refusal()).isInstanceOf(Refusal.InvalidValue.class);
    assertThat(record.when(restore(3, NONE)).refusal()).isInstanceOf(Refusal.InvalidValue.class);
  }

  @Test
  void a_restore_to_a_restored_version_counts_the_restore() {
    record.given(
        created("fullname", "Ada"),
        updated("fullname", "Ada", "Bea"),
        restored(0, "fullname", "Bea", "Ada"),
        updated("fullname", "Ada", "Cleo"));

    record.when(restore(2, NONE)).expectEvents(restored(2, "fullname", "Cleo", "Ada"));
  }

  private static RecordRestored restored(long as, @Nullable String... namesBeforeAfter) {
    return new RecordRestored(changes(namesBeforeAfter), as, false, Set.of());
  }
}
