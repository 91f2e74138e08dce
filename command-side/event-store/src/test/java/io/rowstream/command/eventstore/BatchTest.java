package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.command.eventstore.Append.NewEvent;
import io.rowstream.command.eventstore.AppendOutcome.Conflict;
import io.rowstream.command.eventstore.AppendOutcome.Referred;
import io.rowstream.language.RecordRef;
import io.rowstream.language.command.Removal;
import io.rowstream.language.entity.EntityType;
import io.rowstream.testkit.EventStoreContract.Attempt;
import io.rowstream.testkit.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final RecordRef ADA = new RecordRef("contact", new UUID(0, 1));
  private static final RecordRef BEA = new RecordRef("contact", new UUID(0, 2));

  private final KnownHeads heads = new KnownHeads(100, 10);

  @Test
  void commands_whose_versions_follow_on_share_a_batch() {
    var first = change(Map.of(ADA, 4L));
    var second = change(Map.of(ADA, 5L));
    var third = confirm(Map.of(ADA, 6L));

    var batch = batch(first, second, third);

    assertThat(batch.members).containsExactly(first, second, third);
    assertThat(batch.believed).isEqualTo(Map.of(ADA, 4L));
    assertThat(batch.after).isEqualTo(Map.of(ADA, 6L));
    assertThat(batch.events()).isEqualTo(2);
  }

  @Test
  void a_loser_is_told_the_version_a_member_leaves() {
    var winner = change(Map.of(ADA, 4L));
    var loser = change(Map.of(ADA, 4L));

    var batch = batch(winner, loser);

    assertThat(batch.members).containsExactly(winner);
    assertThat(batch.losers).isEqualTo(Map.of(loser, new Conflict(ADA, 4, 5)));
  }

  @Test
  void what_rests_on_a_version_a_member_does_not_share_is_no_member() {
    var confirmed = confirm(Map.of(ADA, 4L));
    var premature = change(Map.of(ADA, 5L));

    var batch = batch(confirmed, premature);

    assertThat(batch.members).containsExactly(confirmed);
    assertThat(batch.losers).isEqualTo(Map.of(premature, new Conflict(ADA, 5, 4)));
  }

  @Test
  void one_lost_record_loses_the_whole_command() {
    var winner = change(Map.of(ADA, 4L));
    var both = change(Map.of(ADA, 4L, BEA, 0L));
    var other = change(Map.of(BEA, 0L));

    var batch = batch(winner, both, other);

    assertThat(batch.members).containsExactly(winner, other);
    assertThat(batch.losers).containsOnlyKeys(both);
    assertThat(batch.after).isEqualTo(Map.of(ADA, 5L, BEA, 1L));
  }

  @Test
  void an_entity_type_does_not_go_in_a_batch_that_uses_it() {
    var contact = EntityType.stream("contact");
    var created = created(ADA, contact);
    var gone = removal(contact);
    var late = created(BEA, contact);

    var before = batch(created, gone);
    var after = batch(gone, late);

    assertThat(before.members).containsExactly(created);
    assertThat(before.losers).isEqualTo(Map.of(gone, new Referred(contact)));
    assertThat(after.members).containsExactly(gone);
    assertThat(after.losers).isEqualTo(Map.of(late, new Conflict(contact, 3, 4)));
    assertThat(after.isVerified()).isFalse();
  }

  private static PendingAppend created(RecordRef record, RecordRef definition) {
    return new PendingAppend(
        new Append(
            List.of(new NewEvent(record, 0, new byte[0])),
            Map.of(record, -1L, definition, 3L),
            null));
  }

  private static PendingAppend removal(RecordRef definition) {
    return new PendingAppend(
        new Append(
            List.of(new NewEvent(definition, 4, new byte[0])),
            Map.of(definition, 3L),
            null,
            List.of(),
            Map.of(),
            new Removal("contact", 10, 5)));
  }

  @Test
  void twins_wait_for_the_next_batch_unless_the_first_has_lost() {
    var lost = change("twin", Map.of(ADA, 3L));
    var first = change("twin", Map.of(BEA, 0L));
    var second = change("twin", Map.of(BEA, 0L));
    heads.advance(10, 11, Map.of(), Map.of(ADA, 4L));

    var batch = batch(lost, first, second);

    assertThat(batch.losers).containsOnlyKeys(lost);
    assertThat(batch.members).containsExactly(first);
    assertThat(batch.twins).containsExactly(second);
  }

  @Test
  void a_version_the_writer_has_seen_itself_needs_no_look() {
    heads.advance(10, 11, Map.of(), Map.of(ADA, 4L));

    assertThat(batch(change(Map.of(ADA, 4L))).isVerified()).isTrue();
    assertThat(batch(change(Map.of(ADA, 5L))).isVerified()).isFalse();
    assertThat(batch(change(Map.of(BEA, 0L))).isVerified()).isFalse();
  }

  @Test
  void nor_does_one_that_the_log_has_confirmed() {
    heads.advance(10, 11, Map.of(BEA, 2L, ADA, 3L), Map.of(ADA, 4L));

    assertThat(batch(change(Map.of(ADA, 4L, BEA, 2L))).isVerified()).isTrue();
    assertThat(batch(change(Map.of(ADA, 4L, BEA, 3L))).isVerified()).isFalse();
  }

  @Test
  void what_the_writer_knows_is_forgotten_when_others_have_appended() {
    heads.advance(10, 11, Map.of(), Map.of(ADA, 4L));
    heads.advance(12, 13, Map.of(), Map.of(BEA, 0L));

    assertThat(heads.versionOf(ADA)).isNull();
    assertThat(heads.versionOf(BEA)).isEqualTo(0);
    assertThat(heads.position()).isEqualTo(13);
  }

  @Test
  void known_versions_are_bounded_and_the_least_used_goes_first() {
    var few = new KnownHeads(2, 0);
    few.advance(0, 1, Map.of(), Map.of(ADA, 0L));
    few.advance(1, 2, Map.of(), Map.of(BEA, 0L));
    assertThat(few.versionOf(ADA)).isEqualTo(0);

    few.advance(2, 3, Map.of(), Map.of(new RecordRef("contact", new UUID(0, 3)), 0L));

    assertThat(few.versionOf(ADA)).isEqualTo(0);
    assertThat(few.versionOf(BEA)).isNull();
  }

  @Test
  void what_was_observed_under_the_lock_decides() {
    var stale = change(Map.of(ADA, 4L));
    var right = change(Map.of(ADA, 6L));

    var batch = new Batch(List.of(stale, right), heads, Map.of(ADA, 6L));

    assertThat(batch.losers).isEqualTo(Map.of(stale, new Conflict(ADA, 4, 6)));
    assertThat(batch.members).containsExactly(right);
  }

  @Test
  void whatever_comes_in_members_could_have_been_written_one_by_one() {
    var random = Seed.ofThisRun().random();
    for (int history = 0; history < 20_000; history++) {
      var actual =
          new HashMap<>(Map.of(ADA, (long) random.nextInt(3), BEA, (long) random.nextInt(3)));
      var appends = new ArrayList<PendingAppend>();
      for (int i = 0; i < 8; i++) {
        var decidedOn = new HashMap<RecordRef, Long>();
        for (RecordRef record : List.of(ADA, BEA)) {
          if (random.nextInt(3) > 0) {
            decidedOn.put(record, random.nextInt(5) - 1L);
          }
        }
        appends.add(random.nextBoolean() ? change(decidedOn) : confirm(decidedOn));
      }
      var batch = new Batch(appends, heads, random.nextBoolean() ? actual : Map.of());
      if (!batch.believed.entrySet().stream()
          .allMatch(b -> b.getValue().equals(actual.get(b.getKey())))) {
        continue;
      }

      for (PendingAppend member : batch.members) {
        assertThat(actual).containsAllEntriesOf(member.append().decidedOn());
        member.append().events().forEach(e -> actual.put(e.record(), e.version()));
      }
      assertThat(actual).containsAllEntriesOf(batch.after);
    }
  }

  private Batch batch(PendingAppend... appends) {
    return new Batch(List.of(appends), heads, Map.of());
  }

  private static PendingAppend change(Map<RecordRef, Long> decidedOn) {
    return new PendingAppend(GroupCommitStore.toAppend(Attempt.changing(decidedOn)));
  }

  private static PendingAppend change(String commandId, Map<RecordRef, Long> decidedOn) {
    return new PendingAppend(
        GroupCommitStore.toAppend(Attempt.changing(commandId, decidedOn).repeatable()));
  }

  private static PendingAppend confirm(Map<RecordRef, Long> decidedOn) {
    return new PendingAppend(GroupCommitStore.toAppend(Attempt.confirming(decidedOn)));
  }
}
