package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.Revision.AddLookup;
import io.rowstream.language.command.Revision.Create;
import io.rowstream.language.command.Revision.Remove;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.Refusal.EntityTypeInUse;
import io.rowstream.language.refusal.Refusal.EntityTypeNotFound;
import io.rowstream.language.refusal.Refusal.InvalidDefinition;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An entity type goes on one node while others use it on another, which does not know.
class RemovalRaceIT {
  private static final int ROUNDS = 30;
  private static final int WRITERS = 4;
  private static final EntityType PET = type("pet", "pets");

  private LogDatabase database;
  private Node here;
  private Node there;

  @BeforeEach
  void start() throws Exception {
    database = LogDatabase.create();
    here = Node.start(database);
    here.send(new ReviseEntityType("pet", new Create(PET), null));
    here.send(new ReviseEntityType("boat", new Create(type("boat", "boats")), null));
    here.refresh();
    there = Node.start(database);
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    database.close();
  }

  private static EntityType type(String name, String set) {
    return EntityType.of(
        name, set, name, "name", new Attribute("name", "", new AttributeType.Text(100)));
  }

  private static ReviseEntityType remove() {
    return new ReviseEntityType("pet", new Remove(), null);
  }

  private static CreateRecord pet() {
    return new CreateRecord(
        new RecordRef("pet", UUID.randomUUID()), Map.of("name", Value.text("Rex")));
  }

  private static ReviseEntityType boatsOfPets() {
    var relationship = new Relationship("pet_boats", "petid", "pet");
    return new ReviseEntityType("boat", new AddLookup("Pet", relationship), null);
  }

  @Test
  void where_nobody_has_heard_of_it_nothing_is_created_any_more() {
    here.send(remove());

    assertThat(there.refusal(pet())).isEqualTo(new EntityTypeNotFound("pet"));
    assertThat(there.refusal(boatsOfPets())).isInstanceOf(InvalidDefinition.class);
    assertThat(there.refusal(remove())).isEqualTo(new EntityTypeNotFound("pet"));
  }

  @Test
  void what_another_node_has_created_keeps_it_and_what_was_deleted_does_not() {
    var rex = there.send(pet()).first().record();
    assertThat(here.refusal(remove())).isInstanceOf(EntityTypeInUse.class);
    there.send(new DeleteRecord(rex, Expectation.NONE));

    here.send(remove());

    var restore = new RestoreRecord(rex, new RowVersion(0), Expectation.NONE);
    assertThat(there.refusal(restore)).isEqualTo(new EntityTypeNotFound("pet"));
    there.send(new ReviseEntityType("cat", new Create(type("cat", "pets")), null));
    here.send(new ReviseEntityType("pet", new Create(type("pet", "animals")), null));
    assertThat(there.send(restore).first().rowVersion()).isEqualTo(2);
  }

  @Test
  void a_lookup_that_only_another_node_knows_of_keeps_it() {
    there.send(boatsOfPets());

    assertThat(here.refusal(remove()))
        .isInstanceOfSatisfying(
            EntityTypeInUse.class,
            inUse -> assertThat(inUse.reason()).contains("petid").contains("boat"));
  }

  @Test
  void of_a_removal_and_a_create_that_wait_for_the_log_one_is_done() throws Exception {
    assertOneIsDone(pet());
  }

  @Test
  void of_a_removal_and_a_new_lookup_that_wait_for_the_log_one_is_done() throws Exception {
    assertOneIsDone(boatsOfPets());
  }

  private void assertOneIsDone(Command use) throws Exception {
    try (var head = HeldHead.take(database)) {
      Thread.startVirtualThread(() -> {
        head.awaitWaiting(2);
        close(head);
      });
      var outcomes =
          Rendezvous.race(2, number -> () -> number == 0 ? here.send(remove()) : there.send(use));
      assertThat(Outcome.returned(outcomes)).hasSize(1);
      assertThat(Outcome.thrown(outcomes))
          .singleElement()
          .satisfies(thrown ->
              assertThat(refusal(thrown))
                  .isInstanceOfAny(
                      EntityTypeInUse.class, EntityTypeNotFound.class, InvalidDefinition.class));
    }
  }

  private static void close(HeldHead head) {
    try {
      head.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the head stays locked", e);
    }
  }

  @Test
  void a_create_is_in_before_and_keeps_it_or_is_refused() {
    int gone = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int late = round % 3;
      var outcomes =
          Rendezvous.race(
              WRITERS + 1,
              number -> () -> number == 0 ? here.send(remove()) : createdAfter(late, number));
      var created = Outcome.returned(outcomes.subList(1, WRITERS + 1));
      if (outcomes.getFirst() instanceof Outcome.Threw<CommandResult>(var thrown)) {
        assertThat(refusal(thrown)).isInstanceOf(EntityTypeInUse.class);
        assertThat(created).hasSize(WRITERS);
        created.forEach(
            each -> there.send(new DeleteRecord(each.first().record(), Expectation.NONE)));
      } else {
        gone++;
        assertThat(created).as("created in an entity type that has gone").isEmpty();
        assertThat(Outcome.thrown(outcomes))
            .hasSize(WRITERS)
            .allSatisfy(
                thrown -> assertThat(refusal(thrown)).isEqualTo(new EntityTypeNotFound("pet")));
        here.send(new ReviseEntityType("pet", new Create(PET), null));
      }
    }
    System.out.println("gone in " + gone + " of " + ROUNDS + " rounds");
  }

  /// Some come late, so that now the one and now the other is faster.
  private CommandResult createdAfter(int commands, int number) {
    Node node = number % 2 == 0 ? here : there;
    for (int i = 0; i < commands; i++) {
      node.refusal(new DeleteRecord(new RecordRef("boat", UUID.randomUUID()), Expectation.NONE));
    }
    return node.send(pet());
  }

  private static Refusal refusal(Throwable thrown) {
    assertThat(thrown).isInstanceOf(RefusedException.class);
    return ((RefusedException) thrown).refusal();
  }
}
