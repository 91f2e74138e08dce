package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.ClaimKeyValues;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.ByAlternateKey;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.Revision.AddKey;
import io.rowstream.language.command.Revision.RemoveKey;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.AlternateKey.Status;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.refusal.Refusal.DuplicateKey;
import io.rowstream.language.refusal.Refusal.InvalidValue;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import io.rowstream.testkit.Seed;
import io.rowstream.testkit.WholeLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A key comes when records are there already, and others write on a node that does not know.
class KeyActivationIT {
  private static final int MANY = 2 * ClaimKeyValues.RECORDS_MAX + 5;
  private static final int ROUNDS = 12;
  private static final int WRITERS = 6;
  private static final AlternateKey KEY = AlternateKey.of("bycode", "code");

  private LogDatabase database;
  private Node here;
  private Node there;

  @BeforeEach
  void start() throws Exception {
    database = LogDatabase.create();
    here = Node.start(database);
    here.define(
        EntityType.of(
            "pet", "pets", "Pet", "code", new Attribute("code", "", new AttributeType.Text(100))));
    there = Node.start(database);
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    database.close();
  }

  private static RecordRef pet() {
    return new RecordRef("pet", UUID.randomUUID());
  }

  private static CreateRecord create(RecordRef record, String code) {
    return new CreateRecord(record, Map.of("code", Value.text(code)));
  }

  private static UpdateRecord update(RecordRef record, String code) {
    return new UpdateRecord(record, Map.of("code", Value.text(code)), Expectation.NONE);
  }

  private static ByAlternateKey delete(String code) {
    return new ByAlternateKey(
        "bycode", Map.of("code", Value.text(code)), new DeleteRecord(pet(), Expectation.NONE));
  }

  private void addKey() {
    here.send(new ReviseEntityType("pet", new AddKey(KEY), null));
  }

  private void removeKey() {
    here.send(new ReviseEntityType("pet", new RemoveKey("bycode"), null));
  }

  private Status status() {
    return here.type("pet").keys().getFirst().status();
  }

  @Test
  void the_records_that_were_there_are_claimed_and_then_it_leads_to_them() {
    var members = new ArrayList<RecordCommand>();
    for (int i = 0; i < MANY; i++) {
      members.add(create(pet(), "c" + i));
    }
    there.send(new ChangeSet(members));
    addKey();
    assertThat(there.refusal(delete("c7"))).isInstanceOf(InvalidValue.class);

    here.activateKeys();

    assertThat(status()).isEqualTo(Status.ACTIVE);
    assertThat(there.refusal(create(pet(), "C" + (MANY - 1)))).isInstanceOf(DuplicateKey.class);
    var found = there.send(delete("c7")).first();
    assertThat(found.record()).isEqualTo(members.get(7).record());
    there.send(create(pet(), "c7"));
    long position = WholeLog.read(database.owner()).size();
    there.activateKeys();
    assertThat(WholeLog.read(database.owner())).hasSize((int) position);
  }

  @Test
  void records_that_hold_the_same_fail_it_and_may_go_on_to() {
    here.send(create(pet(), "same"));
    var second = there.send(create(pet(), "SAME")).first().record();
    addKey();

    here.activateKeys();

    assertThat(status()).isEqualTo(Status.FAILED);
    there.send(create(pet(), "same"));
    assertThat(there.refusal(delete("same"))).isInstanceOf(InvalidValue.class);
    removeKey();
    for (LoggedEvent each : WholeLog.read(database.owner())) {
      if (each.event() instanceof RecordEvent && !each.record().equals(second)) {
        there.send(new DeleteRecord(each.record(), Expectation.NONE));
      }
    }
    addKey();
    here.activateKeys();
    assertThat(status()).isEqualTo(Status.ACTIVE);
  }

  @Test
  void what_is_written_meanwhile_is_unique_already() {
    there.send(create(pet(), "old"));
    addKey();
    there.send(create(pet(), "new"));

    assertThat(there.refusal(create(pet(), "new"))).isInstanceOf(DuplicateKey.class);
    var early = there.send(create(pet(), "old")).first().record();
    here.activateKeys();

    assertThat(early).isNotNull();
    assertThat(status()).as("two were there before it could be told").isEqualTo(Status.FAILED);
  }

  @Test
  void a_later_key_is_not_fooled_by_what_was_claimed_under_an_earlier_one() {
    addKey();
    here.activateKeys();
    var rex = there.send(create(pet(), "c1")).first().record();
    removeKey();
    there.send(update(rex, "c2"));
    var ben = there.send(create(pet(), "c1")).first().record();
    addKey();

    here.activateKeys();

    assertThat(status()).isEqualTo(Status.ACTIVE);
    assertThat(there.send(delete("c1")).first().record()).isEqualTo(ben);
    assertThat(there.send(delete("c2")).first().record()).isEqualTo(rex);
  }

  @Test
  void once_it_is_in_force_no_two_records_hold_the_same_whoever_wrote_meanwhile() {
    var random = Seed.ofThisRun().random();
    var pets = new ArrayList<RecordRef>();
    for (int i = 0; i < WRITERS; i++) {
      pets.add(there.send(create(pet(), "c" + i)).first().record());
    }
    int active = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var codes = random.ints(WRITERS, 0, 3 * WRITERS).toArray();
      var outcomes =
          Rendezvous.race(
              WRITERS + 1,
              number ->
                  () -> {
                    if (number == WRITERS) {
                      addKey();
                      here.activateKeys();
                      return 0;
                    }
                    int written = 0;
                    for (int i = 0; i < 3; i++) {
                      written +=
                          tried(
                              number % 2 == 0 ? here : there,
                              update(pets.get(number), "c" + (codes[number] + i)));
                    }
                    return written;
                  });
      assertThat(Outcome.thrown(outcomes)).isEmpty();
      there.activateKeys();
      if (status() == Status.ACTIVE) {
        active++;
        assertThat(codes().values()).doesNotHaveDuplicates();
        takeWhatNobodyHas();
      }
      removeKey();
    }
    System.out.println("in force in " + active + " of " + ROUNDS + " rounds");
  }

  private static int tried(Node node, RecordCommand command) {
    try {
      node.send(command);
      return 1;
    } catch (RefusedException refused) {
      assertThat(refused.refusal()).isInstanceOf(DuplicateKey.class);
      return 0;
    }
  }

  /// What somebody once had is free again when nobody has it.
  private void takeWhatNobodyHas() {
    var free = new HashSet<Value>();
    for (LoggedEvent each : WholeLog.read(database.owner())) {
      if (each.event() instanceof RecordEvent event) {
        event.changes().forEach((_, change) -> free.add(change.after()));
      }
    }
    free.removeAll(codes().values());
    for (Value code : free) {
      if (code instanceof Value.Text(String text)) {
        RecordRef record = pet();
        here.send(create(record, text));
        here.send(new DeleteRecord(record, Expectation.NONE));
      }
    }
  }

  private Map<RecordRef, Value> codes() {
    var codes = new HashMap<RecordRef, Value>();
    for (LoggedEvent each : WholeLog.read(database.owner())) {
      if (each.event() instanceof RecordEvent event) {
        event.changes().forEach((_, change) -> codes.put(each.record(), change.after()));
        codes.values().removeIf(Value::isEmpty);
      }
    }
    return codes;
  }
}
