package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.ADA;
import static io.rowstream.command.domain.Contacts.CONTACT;
import static io.rowstream.command.domain.Contacts.contactWith;
import static io.rowstream.command.domain.Contacts.created;
import static io.rowstream.command.domain.Contacts.delete;
import static io.rowstream.command.domain.Contacts.deleted;
import static io.rowstream.command.domain.Contacts.forced;
import static io.rowstream.command.domain.Contacts.merged;
import static io.rowstream.command.domain.Contacts.update;
import static io.rowstream.command.domain.Contacts.updated;
import static io.rowstream.command.domain.Contacts.value;
import static io.rowstream.language.command.Expectation.exactly;
import static io.rowstream.language.command.Expectation.mergeable;
import static io.rowstream.language.command.Expectation.overwriting;

import io.rowstream.language.entity.Policies;
import io.rowstream.language.refusal.ConflictingAttribute;
import io.rowstream.language.refusal.Refusal.VersionMismatch;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a mismatch says, and what a merge lets pass.
class ConflictTest {
  private final Scenario record = new Scenario(ADA, CONTACT);

  @Test
  void a_mismatch_says_everything_a_merge_screen_needs() {
    record
        .given(
            created("fullname", "Ada", "jobtitle", "CEO", "fax", "1"),
            updated("fullname", "Ada", "Bea", "jobtitle", "CEO", "CFO"),
            updated("jobtitle", "CFO", "CTO"),
            updated("fax", "1", null, "street", null, ""))
        .when(update(exactly(0), "fullname", "Cleo", "fax", null, "city", "Paris"))
        .expectRefusal(
            new VersionMismatch(
                ADA,
                0,
                3,
                false,
                List.of(
                    attribute("fax", "1", null, value(null), 3, false),
                    attribute("fullname", "Ada", "Bea", value("Cleo"), 1, true),
                    attribute("jobtitle", "CEO", "CTO", null, 2, false),
                    attribute("street", null, "", null, 3, false))));
  }

  @Test
  void it_names_only_what_changed_after_the_expected_version() {
    record
        .given(
            created("fullname", "Ada"),
            updated("fullname", "Ada", "Bea"),
            updated("fax", null, "1"))
        .when(update(exactly(1), "fullname", "Cleo"))
        .expectRefusal(
            new VersionMismatch(
                ADA, 1, 2, true, List.of(attribute("fax", null, "1", null, 2, false))));
  }

  @Test
  void an_expected_version_above_the_current_one_is_a_mismatch_about_nothing() {
    record
        .given(created("fullname", "Ada"))
        .when(update(mergeable(1), "fax", "1"))
        .expectRefusal(new VersionMismatch(ADA, 1, 0, false, List.of()));
  }

  @Test
  void what_was_changed_and_changed_back_is_named_and_is_no_merge() {
    record
        .given(
            created("fullname", "Ada"),
            updated("fullname", "Ada", "Bea"),
            updated("fullname", "Bea", "Ada"))
        .when(update(mergeable(0), "fullname", "Cleo"))
        .expectRefusal(
            new VersionMismatch(
                ADA,
                0,
                2,
                false,
                List.of(attribute("fullname", "Ada", "Ada", value("Cleo"), 2, true))));
  }

  @Test
  void a_delete_and_a_new_life_are_changes_like_any_other() {
    record
        .given(
            created("fullname", "Ada", "fax", "1"),
            deleted("fullname", "Ada", "fax", "1"),
            created("fullname", "Ada II"))
        .when(update(exactly(0), "fullname", "Cleo"))
        .expectRefusal(
            new VersionMismatch(
                ADA,
                0,
                2,
                false,
                List.of(
                    attribute("fax", "1", null, null, 1, false),
                    attribute("fullname", "Ada", "Ada II", value("Cleo"), 2, true))));
  }

  @Test
  void a_delete_is_told_what_it_would_have_swept_away() {
    record
        .given(created("fullname", "Ada"), updated("fullname", "Ada", "Bea"))
        .when(delete(exactly(0)))
        .expectRefusal(
            new VersionMismatch(
                ADA, 0, 1, false, List.of(attribute("fullname", "Ada", "Bea", null, 1, false))));
  }

  @Test
  void a_disjoint_change_is_merged_and_says_so() {
    record
        .given(created("fullname", "Ada"), updated("fullname", "Ada", "Bea"))
        .when(update(mergeable(0), "fax", "1"))
        .expectEvents(merged("fax", null, "1"))
        .expectVersion(2);
  }

  @Test
  void a_merge_may_set_what_others_have_set_to_the_same_value() {
    record
        .given(created("fullname", "Ada"), updated("fullname", "Ada", "Bea"))
        .when(update(mergeable(0), "fullname", "Bea", "fax", "1"))
        .expectEvents(merged("fax", null, "1"));
  }

  @Test
  void a_member_of_a_rule_group_keeps_the_whole_group_from_being_merged() {
    var grouped =
        new Scenario(ADA, contactWith(Policies.DEFAULT.mergingTogether("street", "city")))
            .given(created("street", "Rue A", "city", "Paris"), updated("city", "Paris", "Nice"));

    grouped
        .when(update(mergeable(0), "street", "Rue B"))
        .expectRefusal(
            new VersionMismatch(
                ADA, 0, 1, false, List.of(attribute("city", "Paris", "Nice", null, 1, false))));
    grouped.when(update(mergeable(0), "fax", "1")).expectEvents(merged("fax", null, "1"));
  }

  @Test
  void a_rule_group_is_merged_where_all_that_changed_of_it_is_set_to_the_same() {
    new Scenario(ADA, contactWith(Policies.DEFAULT.mergingTogether("street", "city")))
        .given(created("street", "Rue A", "city", "Paris"), updated("city", "Paris", "Nice"))
        .when(update(mergeable(0), "street", "Rue B", "city", "Nice"))
        .expectEvents(merged("street", "Rue A", "Rue B"));
  }

  @Test
  void an_overwrite_says_which_unseen_changes_it_writes_over() {
    record
        .given(
            created("fullname", "Ada"),
            updated("fullname", "Ada", "Bea"),
            updated("fax", null, "1"))
        .when(update(overwriting(0), "fullname", "Cleo", "city", "Paris"))
        .expectEvents(forced(Set.of("fullname"), "fullname", "Bea", "Cleo", "city", null, "Paris"));
  }

  @Test
  void an_overwrite_to_the_same_value_writes_over_nothing() {
    record
        .given(created("fullname", "Ada"), updated("fullname", "Ada", "Bea"))
        .when(update(overwriting(0), "fullname", "Bea"))
        .expectNothing()
        .expectVersion(1);
  }

  private static ConflictingAttribute attribute(
      String name,
      @Nullable String base,
      @Nullable String theirs,
      io.rowstream.language.@Nullable Value mine,
      long version,
      boolean clash) {
    return new ConflictingAttribute(
        name,
        value(base),
        value(theirs),
        mine,
        version,
        Scenario.BEA,
        Scenario.timeOf(version),
        clash);
  }
}
