package io.rowstream.command.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.command.domain.RecordEvents.PastEvent;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.command.ConcurrencyBehavior;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.language.refusal.ConflictingAttribute;
import io.rowstream.language.refusal.Refusal.VersionMismatch;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What must hold whatever two editors do, over random histories.
class MergeLawsTest {
  private static final int CASES = 120_000;
  private static final List<ConcurrencyBehavior> BEHAVIORS = List.of(ConcurrencyBehavior.values());
  private static final List<String> NAMES =
      List.of("fullname", "jobtitle", "fax", "street", "city");
  private static final EntityType TYPE =
      Contacts.contactWith(Policies.DEFAULT.mergingTogether("street", "city"));

  /// A record as its events make it, decided upon by the same rules as [RecordAggregate].
  private static final class Model {
    final List<RecordEvent> events = new ArrayList<>();
    RecordState state = RecordState.ABSENT;

    Model(Random random) {
      record(new RecordCreated(withoutEmpty(randomValues(random))));
      for (int i = random.nextInt(6); i > 0; i--) {
        update(randomValues(random), Expectation.NONE);
      }
    }

    Model(Model other) {
      events.addAll(other.events);
      state = other.state;
    }

    long version() {
      return events.size() - 1L;
    }

    /// The event, or null when nothing differs.
    @Nullable RecordUpdated update(Map<String, Value> mine, Expectation expected) {
      var changes = state.changesTo(mine);
      Clearance clearance =
          new VersionCheck(
                  Contacts.ADA,
                  TYPE,
                  version(),
                  mine,
                  changes.keySet(),
                  (_, after, upTo) ->
                      LongStream.rangeClosed(after + 1, upTo)
                          .mapToObj(v ->
                              new PastEvent(
                                  v, Scenario.BEA, Scenario.timeOf(v), events.get((int) v))))
              .check(expected);
      if (changes.isEmpty()) {
        return null;
      }
      var updated =
          new RecordUpdated(changes, clearance.merged(), clearance.forced(), clearance.overwrote());
      record(updated);
      return updated;
    }

    private void record(RecordEvent event) {
      events.add(event);
      state = state.after(event);
    }

    RecordState at(long version) {
      var then = RecordState.ABSENT;
      for (RecordEvent event : events.subList(0, (int) version + 1)) {
        then = then.after(event);
      }
      return then;
    }

    Set<String> changedAfter(long version) {
      var changed = new HashSet<String>();
      events
          .subList((int) version + 1, events.size())
          .forEach(e -> changed.addAll(e.changes().keySet()));
      return changed;
    }
  }

  @Test
  void disjoint_merges_commute_and_are_idempotent() {
    var random = Seed.ofThisRun().random();
    int merges = 0;
    for (int i = 0; i < CASES / 2; i++) {
      var base = new Model(random);
      long seen = base.version();
      var one = randomValues(random);
      var other = randomValues(random);
      if (!accepted(base, one, other, seen) || !accepted(base, other, one, seen)) {
        continue;
      }
      merges++;
      var oneFirst = merged(base, one, other, seen);
      var otherFirst = merged(base, other, one, seen);
      assertThat(oneFirst.state).isEqualTo(otherFirst.state);

      long before = oneFirst.version();
      assertThat(oneFirst.update(other, Expectation.mergeable(seen))).isNull();
      assertThat(oneFirst.version()).isEqualTo(before);
    }
    assertThat(merges).isGreaterThan(CASES / 40);
  }

  @Test
  void a_merge_goes_through_exactly_when_nothing_it_sets_has_become_something_else() {
    var random = Seed.ofThisRun().random();
    for (int i = 0; i < CASES / 2; i++) {
      var record = new Model(random);
      long seen = random.nextLong(record.version() + 1);
      var mine = randomValues(random);
      boolean touchesUnseen = false;
      for (String name : record.changedAfter(seen)) {
        boolean inGroup =
            Set.of("street", "city").contains(name)
                && (mine.containsKey("street") || mine.containsKey("city"));
        boolean same = record.state.value(name).equals(mine.get(name));
        touchesUnseen |= (mine.containsKey(name) || inGroup) && !same;
      }
      boolean stale = seen < record.version();

      boolean accepted = merged(new Model(record), mine, seen);

      assertThat(accepted).isEqualTo(!stale || (!touchesUnseen && !mine.isEmpty()));
    }
  }

  @Test
  void every_value_written_over_was_seen_or_is_named() {
    var random = Seed.ofThisRun().random();
    for (int i = 0; i < CASES; i++) {
      var record = new Model(random);
      var before = record.state;
      long seen = random.nextLong(record.version() + 2);
      var mine = randomValues(random);
      var behavior = BEHAVIORS.get(random.nextInt(BEHAVIORS.size()));
      try {
        var event = record.update(mine, new Expectation(new RowVersion(seen), behavior));
        if (event != null) {
          assertNothingLost(record, before, seen, event);
        }
      } catch (RefusedException refused) {
        assertTold(record, seen, mine, (VersionMismatch) refused.refusal());
      }
    }
  }

  /// What was overwritten without having been seen is in an event that says so.
  private static void assertNothingLost(
      Model record, RecordState before, long seen, RecordUpdated event) {
    Model until = new Model(record);
    until.events.removeLast();
    Set<String> unseen = seen > until.version() ? Set.of() : until.changedAfter(seen);
    event
        .changes()
        .forEach((name, change) -> {
          assertThat(change.before()).isEqualTo(before.value(name));
          assertThat(record.state.value(name)).isEqualTo(change.after());
          if (unseen.contains(name)) {
            assertThat(event.forced()).isTrue();
            assertThat(event.overwrote()).contains(name);
          }
        });
    assertThat(unseen).containsAll(event.overwrote());
    assertThat(event.merged() && event.forced()).isFalse();
  }

  /// The refusal tells all that changed, from what, to what, and where it clashes.
  private static void assertTold(
      Model record, long seen, Map<String, Value> mine, VersionMismatch told) {
    assertThat(told.currentVersion()).isEqualTo(record.version()).isNotEqualTo(seen);
    long base = Math.min(seen, record.version());
    var byName = new HashMap<String, ConflictingAttribute>();
    told.attributes().forEach(attribute -> byName.put(attribute.name(), attribute));
    assertThat(byName.keySet()).isEqualTo(record.changedAfter(base));
    RecordState then = record.at(base);
    byName.forEach((name, attribute) -> {
      assertThat(attribute.base()).isEqualTo(then.value(name));
      assertThat(attribute.theirs()).isEqualTo(record.state.value(name));
      assertThat(attribute.mine()).isEqualTo(mine.get(name));
      assertThat(attribute.clash())
          .isEqualTo(mine.containsKey(name) && !mine.get(name).equals(attribute.theirs()));
    });
    assertThat(told.mergeable()).isEqualTo(merged(new Model(record), mine, seen));
  }

  private static boolean merged(Model record, Map<String, Value> mine, long seen) {
    try {
      record.update(mine, Expectation.mergeable(seen));
      return true;
    } catch (RefusedException refused) {
      return false;
    }
  }

  /// Whether `second` can follow `first`, both decided on version `seen`.
  private static boolean accepted(
      Model base, Map<String, Value> first, Map<String, Value> second, long seen) {
    var copy = new Model(base);
    copy.update(first, Expectation.mergeable(seen));
    return merged(copy, second, seen);
  }

  private static Model merged(
      Model base, Map<String, Value> first, Map<String, Value> second, long seen) {
    var copy = new Model(base);
    copy.update(first, Expectation.mergeable(seen));
    copy.update(second, Expectation.mergeable(seen));
    return copy;
  }

  private static Map<String, Value> randomValues(Random random) {
    var values = new HashMap<String, Value>();
    for (String name : NAMES) {
      if (random.nextInt(3) == 0) {
        int number = random.nextInt(4);
        values.put(name, number == 0 ? Value.empty() : Value.text("v" + number));
      }
    }
    return values;
  }

  private static Map<String, Value> withoutEmpty(Map<String, Value> values) {
    values.values().removeIf(Value::isEmpty);
    return values;
  }
}
