package io.rowstream.command.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.command.ConcurrencyBehavior;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.language.refusal.ConflictingAttribute;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.Refusal.VersionMismatch;
import io.rowstream.testkit.Seed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Random lives of a record, deletions and restores included, told by those who have not seen all
/// of it: whatever was overwritten unseen is in a refusal or in an event that says so.
class HistoryLawsTest {
  private static final int LIVES = 500;
  private static final int COMMANDS = 12;
  private static final List<String> NAMES = List.of("fullname", "jobtitle", "fax", "city");
  private static final List<ConcurrencyBehavior> BEHAVIORS = List.of(ConcurrencyBehavior.values());

  private final Random random = Seed.ofThisRun().random();
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

  private enum Outcome {
    FORCED_UPDATE,
    FORCED_DELETE,
    FORCED_RESTORE,
    MERGED,
    UP_TO_DATE,
    CONFLICT,
    OTHER_REFUSAL
  }

  /// What has happened to the record, and what it holds.
  private static final class Life {
    final List<RecordEvent> events = new ArrayList<>();
    final Map<String, Value> values = new HashMap<>();

    void add(RecordEvent event) {
      event
          .changes()
          .forEach((name, change) -> {
            assertThat(change.before()).isEqualTo(values.getOrDefault(name, Value.empty()));
            values.put(name, change.after());
          });
      events.add(event);
    }

    int version() {
      return events.size() - 1;
    }

    Set<String> changedAfter(long seen) {
      var changed = new HashSet<String>();
      events
          .subList((int) Math.min(seen, version()) + 1, events.size())
          .forEach(event -> changed.addAll(event.changes().keySet()));
      return changed;
    }
  }

  @Test
  void whatever_is_overwritten_unseen_is_told_or_marked() {
    for (int i = 0; i < LIVES; i++) {
      live();
    }
    assertThat(outcomes)
        .containsOnlyKeys(Outcome.values())
        .allSatisfy((outcome, times) -> assertThat(times).as("%s", outcome).isGreaterThan(25));
  }

  private void live() {
    var life = new Life();
    var created = new RecordCreated(Map.of("fullname", Value.text("Ada")));
    life.add(created);
    var scenario = new Scenario(Contacts.ADA, Contacts.CONTACT).given(created);
    for (int i = 0; i < COMMANDS; i++) {
      long seen = random.nextInt(life.version() + 1);
      var expected =
          new Expectation(new RowVersion(seen), BEHAVIORS.get(random.nextInt(BEHAVIORS.size())));
      RecordCommand command = command(life, expected);
      var then = scenario.when(command);
      if (then.isAccepted()) {
        for (LogEvent event : then.events()) {
          if (event instanceof RecordEvent happened) {
            check(life, happened, seen);
          }
        }
      } else {
        refused(life, then.refusal(), seen);
      }
    }
  }

  private RecordCommand command(Life life, Expectation expected) {
    return switch (random.nextInt(6)) {
      case 0 -> new DeleteRecord(Contacts.ADA, expected);
      case 1, 2 ->
          new RestoreRecord(
              Contacts.ADA, new RowVersion(random.nextInt(life.version() + 1)), expected);
      default -> {
        var values = new HashMap<String, Value>();
        for (String name : NAMES) {
          if (random.nextInt(3) == 0) {
            values.put(
                name, random.nextInt(4) == 0 ? Value.empty() : Value.text("v" + random.nextInt(3)));
          }
        }
        yield new UpdateRecord(Contacts.ADA, values, expected);
      }
    };
  }

  private void check(Life life, RecordEvent event, long seen) {
    var unseen = new HashSet<>(life.changedAfter(seen));
    unseen.retainAll(event.changes().keySet());
    if (event.isForced()) {
      assertThat(event.overwrote()).containsExactlyInAnyOrderElementsOf(unseen);
    } else {
      assertThat(unseen).as("overwritten by %s", event).isEmpty();
      assertThat(event.isMerged()).isEqualTo(seen < life.version());
    }
    outcomes.merge(outcome(event), 1, Integer::sum);
    life.add(event);
  }

  private static Outcome outcome(RecordEvent event) {
    if (!event.isForced()) {
      return event.isMerged() ? Outcome.MERGED : Outcome.UP_TO_DATE;
    }
    return switch (event) {
      case RecordDeleted _ -> Outcome.FORCED_DELETE;
      case RecordRestored _ -> Outcome.FORCED_RESTORE;
      case RecordUpdated _, RecordCreated _ -> Outcome.FORCED_UPDATE;
    };
  }

  private void refused(Life life, Refusal refusal, long seen) {
    if (refusal instanceof VersionMismatch told) {
      assertThat(told.attributes().stream().map(ConflictingAttribute::name))
          .containsExactlyInAnyOrderElementsOf(life.changedAfter(seen));
      told.attributes()
          .forEach(attribute ->
              assertThat(attribute.theirs()).isEqualTo(life.values.get(attribute.name())));
      outcomes.merge(Outcome.CONFLICT, 1, Integer::sum);
    } else {
      outcomes.merge(Outcome.OTHER_REFUSAL, 1, Integer::sum);
    }
  }
}
