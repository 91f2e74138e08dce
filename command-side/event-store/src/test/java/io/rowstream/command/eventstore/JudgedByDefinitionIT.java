package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.Revision;
import io.rowstream.language.command.Revision.AddAttribute;
import io.rowstream.language.command.Revision.RemoveAttribute;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.Refusal.InvalidValue;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import io.rowstream.testkit.WholeLog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A command is judged by its entity type as the log has it, not as its node remembers it: nothing
/// here ever refreshes what the other node knows.
class JudgedByDefinitionIT {
  private static final Attribute FAX = text("fax");
  private static final EntityType CONTACT =
      EntityType.of("contact", "contacts", "Contact", "fullname", text("fullname"), FAX);
  private static final int ROUNDS = 25;
  private static final int WRITERS = 6;

  private final RecordRef ada = contact();
  private LogDatabase database;
  private Node here;
  private Node there;

  @BeforeEach
  void start() throws Exception {
    database = LogDatabase.create();
    here = Node.start(database);
    here.define(CONTACT);
    there = Node.start(database);
    there.send(new CreateRecord(ada, Map.of("fax", Value.text("1"))));
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    database.close();
  }

  private static Attribute text(String name) {
    return new Attribute(name, name, new AttributeType.Text(100));
  }

  private static RecordRef contact() {
    return new RecordRef("contact", UUID.randomUUID());
  }

  private static RecordCommand fax(RecordRef record, String number) {
    return new UpsertRecord(record, Map.of("fax", Value.text(number)), Expectation.NONE);
  }

  private CommandResult revise(Revision revision) {
    return here.send(new ReviseEntityType("contact", revision, null));
  }

  @Test
  void an_attribute_that_has_left_elsewhere_is_not_written() {
    revise(new RemoveAttribute("fax"));

    for (var command :
        List.of(
            fax(ada, "2"),
            fax(contact(), "2"),
            new UpdateRecord(ada, Map.of("fax", Value.text("1")), Expectation.NONE))) {
      assertThat(there.refusal(command)).as("%s", command).isInstanceOf(InvalidValue.class);
    }
    assertThat(WholeLog.read(database.owner()))
        .filteredOn(each -> each.event() instanceof RecordEvent)
        .hasSize(1);
  }

  @Test
  void nor_by_a_member_of_a_change_set() {
    revise(new RemoveAttribute("fax"));

    assertThat(there.refusal(new ChangeSet(List.of(fax(contact(), "2"), fax(ada, "2")))))
        .isInstanceOfSatisfying(
            Refusal.MemberRefused.class,
            refused -> assertThat(refused.reason()).isInstanceOf(InvalidValue.class));
  }

  @Test
  void an_attribute_that_has_come_elsewhere_is_written() {
    revise(new AddAttribute(text("city")));

    there.send(new UpdateRecord(ada, Map.of("city", Value.text("Bern")), Expectation.NONE));

    assertThat(
            there
                .send(new UpdateRecord(ada, Map.of("city", Value.empty()), Expectation.exactly(1)))
                .first()
                .rowVersion())
        .isEqualTo(2);
  }

  @Test
  void an_entity_type_that_has_come_elsewhere_is_known() {
    here.send(
        new ReviseEntityType(
            "pet",
            new Revision.Create(EntityType.of("pet", "pets", "Pet", "name", text("name"))),
            null));

    var created =
        there.send(new CreateRecord(new RecordRef("pet", UUID.randomUUID()), Map.of())).first();

    assertThat(created.rowVersion()).isZero();
  }

  @Test
  void of_those_that_write_while_it_leaves_each_is_in_before_or_refused() {
    int written = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var outcomes =
          Rendezvous.race(
              WRITERS + 1,
              number ->
                  () ->
                      number == 0
                          ? revise(new RemoveAttribute("fax"))
                          : (number % 2 == 0 ? here : there)
                              .send(fax(number < 4 ? ada : contact(), "f" + number)));
      assertThat(Outcome.thrown(outcomes))
          .allSatisfy(thrown ->
              assertThat(((RefusedException) thrown).refusal()).isInstanceOf(InvalidValue.class));
      written += Outcome.returned(outcomes).size() - 1;
      assertThat(there.refusal(fax(ada, "late"))).isInstanceOf(InvalidValue.class);
      revise(new AddAttribute(FAX));
    }
    assertThat(written).as("in before").isPositive().isLessThan(ROUNDS * WRITERS);
    assertEveryWriteHasItsAttributes();
  }

  private void assertEveryWriteHasItsAttributes() {
    EntityType contact = CONTACT;
    for (LoggedEvent each : WholeLog.read(database.owner())) {
      switch (each.event()) {
        case EntityTypeDefined(EntityType type) -> contact = type;
        case RecordEvent event ->
            assertThat(contact.attributes().keySet())
                .as("at position %d", each.position())
                .containsAll(event.changes().keySet());
        default -> {}
      }
    }
  }
}
