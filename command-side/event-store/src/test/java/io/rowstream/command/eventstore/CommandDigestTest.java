package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.ConcurrencyBehavior;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.OptionSetRevision;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.ByAlternateKey;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.ReviseOptionSet;
import io.rowstream.language.command.Revision;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionChange;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.entity.Relationship;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandDigestTest {
  private static final RecordRef ADA = new RecordRef("contact", new UUID(0, 1));
  private static final RecordRef BEA = new RecordRef("contact", new UUID(0, 2));
  private static final Map<String, Value> JANE = Map.of("fullname", Value.text("Jane"));

  @Test
  void the_same_command_has_the_same_digest_in_whatever_order_its_values_come() {
    var oneWay = new LinkedHashMap<String, Value>();
    var other = new LinkedHashMap<String, Value>();
    for (int i = 0; i < 50; i++) {
      oneWay.put("a" + i, Value.whole(i));
      other.put("a" + (49 - i), Value.whole(49 - i));
    }

    assertThat(digest(new CreateRecord(ADA, oneWay)))
        .isEqualTo(digest(new CreateRecord(ADA, other)));
  }

  @Test
  void it_is_the_same_in_every_version_of_the_service() {
    var values =
        Map.of(
            "fullname",
            Value.text("Jane \"J\" Doe\n"),
            "age",
            Value.whole(42),
            "fax",
            Value.empty(),
            "credit",
            new Value.Decimal(new BigDecimal("1.50")),
            "parent",
            new Value.Lookup(BEA),
            "born",
            new Value.DateTime(Instant.parse("1990-02-03T04:05:06Z")));

    assertThat(digest(new UpdateRecord(ADA, values, Expectation.exactly(3))))
        .isEqualTo("16dde70694f57281808d3ec1783fb9680338b7d3c9003457adb14f4be973d6a1");
  }

  @Test
  void a_command_by_alternate_key_is_the_same_whoever_has_the_key() {
    assertThat(digest(byFax("1", new DeleteRecord(ADA, Expectation.NONE))))
        .isEqualTo(digest(byFax("1", new DeleteRecord(BEA, Expectation.NONE))))
        .isNotEqualTo(digest(byFax("2", new DeleteRecord(ADA, Expectation.NONE))))
        .isNotEqualTo(digest(byFax("1", new DeleteRecord(ADA, Expectation.exactly(1)))))
        .isNotEqualTo(digest(new DeleteRecord(ADA, Expectation.NONE)));
  }

  private static ByAlternateKey byFax(String number, RecordCommand command) {
    return new ByAlternateKey("fax", Map.of("fax", Value.text(number)), command);
  }

  @Test
  void other_commands_have_other_digests() {
    var type = EntityType.of("pet", "pets", "Pet", "name", text("name"), text("fax"));
    List<Command> commands =
        List.of(
            new CreateRecord(ADA, JANE),
            new CreateRecord(BEA, JANE),
            new CreateRecord(ADA, Map.of()),
            new CreateRecord(ADA, Map.of("fullname", Value.empty())),
            new CreateRecord(ADA, Map.of("fullname", Value.text(""))),
            new CreateRecord(ADA, Map.of("fullname", Value.text("1"))),
            new CreateRecord(ADA, Map.of("fullname", Value.whole(1))),
            new CreateRecord(ADA, Map.of("fullname", new Value.Decimal(BigDecimal.ONE))),
            new UpdateRecord(ADA, JANE, Expectation.NONE),
            new UpdateRecord(ADA, JANE, Expectation.exactly(0)),
            new UpdateRecord(ADA, JANE, Expectation.exactly(1)),
            new UpdateRecord(ADA, JANE, Expectation.mergeable(1)),
            new UpdateRecord(ADA, JANE, Expectation.overwriting(1)),
            new UpdateRecord(
                ADA, JANE, new Expectation(null, ConcurrencyBehavior.ALWAYS_OVERWRITE)),
            new UpsertRecord(ADA, JANE, Expectation.NONE),
            new DeleteRecord(ADA, Expectation.NONE),
            new DeleteRecord(ADA, Expectation.exactly(0)),
            new RestoreRecord(ADA, new RowVersion(0), Expectation.NONE),
            new RestoreRecord(ADA, new RowVersion(1), Expectation.NONE),
            new ChangeSet(List.of(new CreateRecord(ADA, JANE))),
            new ChangeSet(List.of(new CreateRecord(ADA, JANE), new CreateRecord(BEA, JANE))),
            new ChangeSet(List.of(new CreateRecord(BEA, JANE), new CreateRecord(ADA, JANE))),
            new DefineEntityType(type),
            new DefineEntityType(type.with(Policies.DEFAULT.withVersionRequired())));

    assertThat(commands.stream().map(CommandDigestTest::digest)).doesNotHaveDuplicates();
  }

  @Test
  void revisions_of_entity_types_differ_by_what_they_ask_for() {
    var owned = new Relationship("owner_pets", "ownerid", "owner");
    var pet = EntityType.of("pet", "pets", "Pet", "name", text("name"));
    var choice =
        new Attribute("size", "Size", new AttributeType.Choice(Map.of(1, "S", 2, "M", 3, "L")));
    List<Revision> revisions =
        List.of(
            new Revision.Create(pet),
            new Revision.Describe(null, null, null, null),
            new Revision.Describe("", null, null, null),
            new Revision.Describe(null, true, null, null),
            new Revision.Describe(null, null, true, null),
            new Revision.Describe(null, null, null, true),
            new Revision.Describe(null, null, null, false),
            new Revision.AddAttribute(text("name")),
            new Revision.AddAttribute(choice),
            new Revision.AddLookup("", owned),
            new Revision.AddLookup("", owned.on(Relationship.OnDelete.CASCADE)),
            new Revision.ChangeAttribute(text("name"), text("name")),
            new Revision.ChangeOptions("name", new OptionChange.Insert(null, "x")),
            new Revision.ChangeOptions("name", new OptionChange.Insert(1, "x")),
            new Revision.ChangeOptions("name", new OptionChange.Relabel(1, "x")),
            new Revision.ChangeOptions("name", new OptionChange.Remove(1)),
            new Revision.RemoveAttribute("name"),
            new Revision.Remove(),
            new Revision.ChangeRelationship("name", Relationship.OnDelete.CASCADE),
            new Revision.ChangeRelationship("name", Relationship.OnDelete.RESTRICT));

    var digests = new ArrayList<String>();
    for (Revision revision : revisions) {
      digests.add(digest(new ReviseEntityType("pet", revision, null)));
      digests.add(digest(new ReviseEntityType("dog", revision, null)));
      digests.add(digest(new ReviseEntityType("pet", revision, new RowVersion(1))));
    }

    assertThat(digests).doesNotHaveDuplicates();
    assertThat(
            digest(
                new ReviseEntityType(
                    "pet", new Revision.ChangeAttribute(choice, text("name")), null)))
        .as("what it was before is not part of the order")
        .isEqualTo(
            digest(
                new ReviseEntityType(
                    "pet", new Revision.ChangeAttribute(text("name"), text("name")), null)));
  }

  @Test
  void revisions_of_option_sets_differ_by_what_they_ask_for() {
    List<OptionSetRevision> revisions =
        List.of(
            new OptionSetRevision.Create(new OptionSet("Size", "", Map.of())),
            new OptionSetRevision.Create(new OptionSet("Size", "", Map.of(1, "S"))),
            new OptionSetRevision.Change("", null),
            new OptionSetRevision.Change(null, null),
            new OptionSetRevision.Change(null, new OptionChange.Put(Map.of())),
            new OptionSetRevision.Change(null, new OptionChange.Remove(1)),
            new OptionSetRevision.Remove());

    var digests = new ArrayList<String>();
    for (OptionSetRevision revision : revisions) {
      digests.add(digest(new ReviseOptionSet("Size", revision, null)));
      digests.add(digest(new ReviseOptionSet("Colour", revision, null)));
      digests.add(digest(new ReviseOptionSet("Size", revision, new RowVersion(1))));
    }

    assertThat(digests).doesNotHaveDuplicates();
  }

  @Test
  void a_value_cannot_pretend_to_be_two() {
    var two = Map.of("a", Value.text("x"), "b", Value.text("y"));
    var one = Map.of("a", Value.text("x], b=Text[text=y"));
    var quoted = Map.of("a", Value.text("x\",\"b\":\"y"));

    assertThat(
            List.of(
                digest(new CreateRecord(ADA, two)),
                digest(new CreateRecord(ADA, one)),
                digest(new CreateRecord(ADA, quoted))))
        .doesNotHaveDuplicates();
  }

  private static Attribute text(String name) {
    return new Attribute(name, name, new AttributeType.Text(100));
  }

  private static String digest(Command command) {
    return HexFormat.of().formatHex(CommandDigest.of(command));
  }
}
