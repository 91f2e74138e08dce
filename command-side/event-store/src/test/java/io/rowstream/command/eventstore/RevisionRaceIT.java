package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.Revision.AddAttribute;
import io.rowstream.language.command.Revision.AddLookup;
import io.rowstream.language.command.Revision.Create;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.refusal.Refusal.AlreadyDefined;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Administrators at two nodes define at once.
class RevisionRaceIT {
  private static final int ADMINISTRATORS = 12;

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

  private static Attribute text(String name) {
    return new Attribute(name, name, new AttributeType.Text(100));
  }

  private static EntityType type(String name, String set) {
    return EntityType.of(name, set, name, "name", text("name"));
  }

  private CommandResult send(int administrator, ReviseEntityType command) {
    return nodes.get(administrator % nodes.size()).send(command);
  }

  @Test
  void everybodys_attribute_is_there_afterwards() {
    send(0, new ReviseEntityType("pet", new Create(type("pet", "pets")), null));

    var outcomes =
        Rendezvous.race(
            ADMINISTRATORS,
            number ->
                () ->
                    send(
                        number,
                        new ReviseEntityType("pet", new AddAttribute(text("a" + number)), null)));

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    var catalog = new EntityTypeCatalog(database.owner());
    assertThat(catalog.find("pet").orElseThrow().attributes().keySet())
        .hasSize(1 + ADMINISTRATORS)
        .containsAll(IntStream.range(0, ADMINISTRATORS).mapToObj(i -> "a" + i).toList());
    assertThat(Outcome.returned(outcomes))
        .extracting(result -> result.first().rowVersion())
        .doesNotHaveDuplicates()
        .allMatch(version -> version >= 1 && version <= ADMINISTRATORS);
  }

  @Test
  void one_gets_the_name_of_a_set_and_one_that_of_a_relationship() {
    var types =
        Rendezvous.race(
            ADMINISTRATORS,
            number ->
                () ->
                    send(
                        number,
                        new ReviseEntityType(
                            "pet" + number, new Create(type("pet" + number, "pets")), null)));
    assertOneWon(types);

    send(0, new ReviseEntityType("owner", new Create(type("owner", "owners")), null));
    for (int i = 0; i < ADMINISTRATORS; i++) {
      send(0, new ReviseEntityType("dog" + i, new Create(type("dog" + i, "dogs" + i)), null));
    }
    nodes.forEach(Node::refresh);
    var owned = new Relationship("owner_dogs", "ownerid", "owner");
    var lookups =
        Rendezvous.race(
            ADMINISTRATORS,
            number ->
                () ->
                    send(
                        number,
                        new ReviseEntityType("dog" + number, new AddLookup("", owned), null)));
    assertOneWon(lookups);
  }

  private static void assertOneWon(List<Outcome<CommandResult>> outcomes) {
    assertThat(Outcome.returned(outcomes)).hasSize(1);
    assertThat(Outcome.thrown(outcomes))
        .hasSize(ADMINISTRATORS - 1)
        .allSatisfy(thrown ->
            assertThat(((RefusedException) thrown).refusal()).isInstanceOf(AlreadyDefined.class));
  }
}
