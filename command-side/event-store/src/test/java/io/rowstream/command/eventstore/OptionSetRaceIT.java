package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.OptionSetRevision;
import io.rowstream.language.command.OptionSetRevision.Change;
import io.rowstream.language.command.OptionSetRevision.Remove;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.ReviseOptionSet;
import io.rowstream.language.command.Revision.AddAttribute;
import io.rowstream.language.command.Revision.Create;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AttributeType.Choice;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionChange;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.refusal.Refusal.OfOptionSet;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Administrators at two nodes change an option set and share its options at once.
class OptionSetRaceIT {
  private static final int ADMINISTRATORS = 12;
  private static final int ROUNDS = 10;

  private LogDatabase database;
  private List<Node> nodes;

  @BeforeEach
  void start() throws Exception {
    database = LogDatabase.create();
    nodes = List.of(Node.start(database), Node.start(database));
  }

  @AfterEach
  void stop() {
    nodes.forEach(Node::close);
    database.close();
  }

  private CommandResult revise(int administrator, String set, OptionSetRevision revision) {
    return nodes.get(administrator % nodes.size()).send(new ReviseOptionSet(set, revision, null));
  }

  private void create(String set) {
    revise(0, set, new OptionSetRevision.Create(new OptionSet(set, set, Map.of())));
  }

  private static EntityType type(String name, Attribute... more) {
    var text = new Attribute("name", "name", new AttributeType.Text(100));
    EntityType plain = EntityType.of(name, name + "s", name, "name", text);
    return more.length == 0 ? plain : EntityType.of(name, name + "s", name, "name", text, more[0]);
  }

  private static Attribute coat(String set) {
    return new Attribute(
        "coat", "Coat", new Choice(Map.of(), new AttributeType.GlobalSet(set, "")));
  }

  @Test
  void every_option_is_there_afterwards_in_every_entity_type() {
    create("Colour");

    var outcomes =
        Rendezvous.race(
            ADMINISTRATORS,
            number ->
                () ->
                    number % 3 == 0
                        ? nodes
                            .get(number % nodes.size())
                            .send(
                                new ReviseEntityType(
                                    "pet" + number,
                                    new Create(type("pet" + number, coat("Colour"))),
                                    null))
                        : revise(
                            number,
                            "Colour",
                            new Change(null, new OptionChange.Insert(null, "c" + number))));

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    var catalog = new EntityTypeCatalog(database.owner());
    OptionSet colour = catalog.findOptionSet("colour").orElseThrow();
    assertThat(colour.options())
        .hasSize(ADMINISTRATORS * 2 / 3)
        .containsKey(OptionChange.NUMBER_FIRST + ADMINISTRATORS * 2 / 3 - 1);
    assertThat(catalog.all())
        .hasSize(ADMINISTRATORS / 3)
        .allMatch(
            type -> new Attribute("coat", "Coat", colour.choice()).equals(type.attribute("coat")));
  }

  @Test
  void a_set_goes_or_is_shared_but_never_both() {
    int gone = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String set = "Set" + round;
      String pet = "pet" + round;
      create(set);
      nodes.getFirst().send(new ReviseEntityType(pet, new Create(type(pet)), null));

      var outcomes =
          Rendezvous.race(
              2,
              number ->
                  () ->
                      number == 0
                          ? revise(0, set, new Remove())
                          : nodes
                              .getLast()
                              .send(new ReviseEntityType(pet, new AddAttribute(coat(set)), null)));

      assertThat(Outcome.thrown(outcomes))
          .singleElement()
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused -> assertThat(refused.refusal()).isInstanceOf(OfOptionSet.class));
      var catalog = new EntityTypeCatalog(database.owner());
      boolean isThere = catalog.findOptionSet(set).isPresent();
      assertThat(catalog.find(pet).orElseThrow().attribute("coat") != null).isEqualTo(isThere);
      gone += isThere ? 0 : 1;
    }
    System.out.println("gone in " + gone + " of " + ROUNDS + " rounds");
  }
}
