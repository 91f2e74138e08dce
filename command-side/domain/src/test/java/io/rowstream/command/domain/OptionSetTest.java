package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.command.OptionSetRevision;
import io.rowstream.language.command.OptionSetRevision.Change;
import io.rowstream.language.command.OptionSetRevision.Create;
import io.rowstream.language.command.OptionSetRevision.Remove;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.ReviseOptionSet;
import io.rowstream.language.command.Revision;
import io.rowstream.language.command.Revision.AddAttribute;
import io.rowstream.language.command.Revision.ChangeAttribute;
import io.rowstream.language.command.Revision.ChangeOptions;
import io.rowstream.language.command.Revision.RemoveAttribute;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType.Choice;
import io.rowstream.language.entity.AttributeType.GlobalSet;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionChange;
import io.rowstream.language.entity.OptionChange.Insert;
import io.rowstream.language.entity.OptionChange.Put;
import io.rowstream.language.entity.OptionChange.Relabel;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.OptionSetEvent.OptionSetDefined;
import io.rowstream.language.event.OptionSetEvent.OptionSetRemoved;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.Refusal.InvalidDefinition;
import io.rowstream.language.refusal.Refusal.OfOptionSet.Exists;
import io.rowstream.language.refusal.Refusal.OfOptionSet.InUse;
import io.rowstream.language.refusal.Refusal.OfOptionSet.Invalid;
import io.rowstream.language.refusal.Refusal.OfOptionSet.NotThere;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// How global option sets change, and with them the entity types that share their options.
class OptionSetTest {
  private static final OptionSet COLOUR =
      new OptionSet("crm_Colour", "Colour", Map.of(1, "Red", 2, "Blue"));
  private static final OptionSet LARGER =
      new OptionSet("crm_Colour", "Colour", Map.of(1, "Red", 2, "Blue", 3, "Green"));
  private static final RecordRef SET = OptionSet.stream("crm_Colour");
  private static final RecordRef PETS = EntityType.stream("pet");
  private static final EntityType PET = EntityType.of("pet", "pets", "Pet", "name", text("name"));

  private final Scenario rules = new Scenario(SET);

  private static ReviseOptionSet revise(OptionSetRevision revision) {
    return new ReviseOptionSet("crm_Colour", revision, null);
  }

  private static ReviseOptionSet options(OptionChange change) {
    return revise(new Change(null, change));
  }

  private static ReviseEntityType pet(Revision revision) {
    return new ReviseEntityType("pet", revision, null);
  }

  /// As a client asks for it, who knows the name of the set alone.
  private static Attribute asked(String name) {
    return new Attribute(name, name, new Choice(Map.of(), new GlobalSet("crm_colour", "")));
  }

  private static EntityType petOf(OptionSet set) {
    return EntityType.of(
        "pet", "pets", "Pet", "name", text("name"), new Attribute("coat", "coat", set.choice()));
  }

  /// The set is there, and the pet's coat shares its options.
  private Scenario shared() {
    return rules
        .given(new OptionSetDefined(COLOUR, Set.of("pet")))
        .given(PETS, new EntityTypeDefined(petOf(COLOUR)));
  }

  @Test
  void a_set_is_made_once_in_whatever_case() {
    rules
        .when(revise(new Create(COLOUR)))
        .expectEvents(new OptionSetDefined(COLOUR, Set.of()))
        .expectResults(new RecordResult(SET, 0, true));
    var shouted = new OptionSet("CRM_COLOUR", "", Map.of());
    rules
        .when(new ReviseOptionSet("CRM_COLOUR", new Create(shouted), null))
        .expectRefusal(new Exists("crm_Colour"));
  }

  @Test
  void a_choice_that_names_a_set_has_its_options_and_the_set_knows_of_it() {
    rules.given(new OptionSetDefined(COLOUR, Set.of())).given(PETS, new EntityTypeDefined(PET));

    var joined = rules.when(pet(new AddAttribute(asked("coat"))));

    joined.expectEvents(
        new OptionSetDefined(COLOUR, Set.of("pet")), new EntityTypeDefined(petOf(COLOUR)));
    assertThat(joined.locked()).as("sets before types").containsExactly(lockOf(SET), lockOf(PETS));
    assertThat(joined.restsOn()).containsOnlyKeys(SET);
  }

  private static String lockOf(RecordRef stream) {
    return stream.toString();
  }

  @Test
  void a_second_attribute_rests_on_the_set_without_changing_it() {
    shared();

    var joined = rules.when(pet(new AddAttribute(asked("eyes"))));

    assertThat(joined.events()).hasSize(1);
    assertThat(joined.restsOn()).containsEntry(SET, 0L);
  }

  @Test
  void entity_types_are_made_with_shared_options_too() {
    rules.given(new OptionSetDefined(COLOUR, Set.of()));
    EntityType asked = EntityType.of("pet", "pets", "Pet", "name", text("name"), asked("coat"));

    rules
        .when(pet(new Revision.Create(asked)))
        .expectEvents(
            new OptionSetDefined(COLOUR, Set.of("pet")), new EntityTypeDefined(petOf(COLOUR)));
    rules.when(new DefineEntityType(asked)).expectNothing();
  }

  @Test
  void nobody_shares_options_that_are_not_there() {
    rules.given(PETS, new EntityTypeDefined(PET));

    rules.when(pet(new AddAttribute(asked("coat")))).expectRefusal(new NotThere("crm_colour"));
    rules.when(options(new Insert(1, "x"))).expectRefusal(new NotThere("crm_Colour"));
    rules.when(revise(new Remove())).expectRefusal(new NotThere("crm_Colour"));
  }

  @Test
  void an_option_that_is_added_is_one_of_every_choice_at_once() {
    shared();

    var added = rules.when(options(new Insert(3, "Green")));

    added
        .expectEvents(
            new EntityTypeDefined(petOf(LARGER)), new OptionSetDefined(LARGER, Set.of("pet")))
        .expectVersion(1);
    assertThat(added.locked()).containsExactly(lockOf(SET), lockOf(PETS));
  }

  @Test
  void an_option_without_a_number_gets_the_next_one() {
    rules.given(new OptionSetDefined(COLOUR, Set.of()));

    assertThat(defined(new Insert(null, "Green"))).containsKey(OptionChange.NUMBER_FIRST);
    assertThat(defined(new Insert(null, "Grey"))).containsKey(OptionChange.NUMBER_FIRST + 1);
    assertThat(defined(new Insert(Integer.MAX_VALUE, "Black"))).hasSize(5);
    assertThat(rules.when(options(new Insert(null, "White"))).refusal())
        .isInstanceOf(Invalid.class);
  }

  private Map<Integer, String> defined(OptionChange change) {
    return ((OptionSetDefined) rules.when(options(change)).events().getFirst()).set().options();
  }

  @Test
  void options_that_a_change_does_not_name_stay() {
    rules.given(new OptionSetDefined(COLOUR, Set.of()));

    assertThat(defined(new Put(Map.of(2, "Navy", 3, "Green"))))
        .isEqualTo(Map.of(1, "Red", 2, "Navy", 3, "Green"));
    assertThat(defined(new Relabel(1, "Crimson"))).containsEntry(1, "Crimson").hasSize(3);
    assertThat(defined(new OptionChange.Remove(1))).isEqualTo(Map.of(2, "Navy", 3, "Green"));
    rules.when(revise(new Change(null, null))).expectNothing();
    for (OptionChange change :
        List.of(new Insert(2, "x"), new Relabel(9, "x"), new OptionChange.Remove(1))) {
      assertThat(rules.when(options(change)).refusal()).isInstanceOf(Invalid.class);
    }
  }

  @Test
  void a_set_is_changed_at_the_version_its_sender_means() {
    rules.given(new OptionSetDefined(COLOUR, Set.of()));

    rules
        .when(new ReviseOptionSet("crm_Colour", new Remove(), new RowVersion(3)))
        .expectRefusal(new Refusal.VersionMismatch(SET, 3, 0, false, List.of()));
    rules
        .when(new ReviseOptionSet("crm_Colour", new Change("Tint", null), new RowVersion(0)))
        .expectEvents(
            new OptionSetDefined(new OptionSet("crm_Colour", "Tint", COLOUR.options()), Set.of()));
  }

  @Test
  void a_set_goes_only_when_no_attribute_shares_its_options() {
    shared();

    rules.when(revise(new Remove())).expectRefusal(new InUse("crm_Colour", "pet", "coat"));
    rules.when(pet(new RemoveAttribute("coat")));
    var removed = rules.when(revise(new Remove()));

    removed.expectEvents(new OptionSetRemoved("crm_Colour"));
    assertThat(removed.restsOn()).as("an attribute may come back").containsEntry(PETS, 1L);
    rules.when(options(new Insert(1, "x"))).expectRefusal(new NotThere("crm_Colour"));
    rules.when(revise(new Create(LARGER))).expectVersion(2);
  }

  @Test
  void who_shares_options_no_more_is_left_alone_and_forgotten() {
    shared();
    rules.when(pet(new RemoveAttribute("coat")));

    rules
        .when(options(new Insert(3, "Green")))
        .expectEvents(new OptionSetDefined(LARGER, Set.of()));
  }

  @Test
  void a_choice_changes_options_of_its_own_only() {
    var own = new Attribute("coat", "coat", new Choice(COLOUR.options()));
    rules.given(
        PETS, new EntityTypeDefined(EntityType.of("pet", "pets", "", "name", text("name"), own)));

    rules
        .when(pet(new ChangeOptions("coat", new Insert(3, "Green"))))
        .expectEvents(
            new EntityTypeDefined(
                EntityType.of(
                    "pet",
                    "pets",
                    "",
                    "name",
                    text("name"),
                    new Attribute("coat", "coat", new Choice(LARGER.options())))));
    assertThat(rules.when(pet(new ChangeOptions("name", new Insert(3, "x")))).refusal())
        .isInstanceOf(InvalidDefinition.class);
    rules
        .when(pet(new ChangeOptions("nosuch", new Insert(3, "x"))))
        .expectRefusal(new Refusal.NotDefined("pet", "nosuch"));
  }

  @Test
  void what_an_attribute_shares_is_changed_at_the_set_alone() {
    shared();

    assertThat(rules.when(pet(new ChangeOptions("coat", new Insert(3, "x")))).refusal())
        .isInstanceOf(InvalidDefinition.class);
    var before = new Attribute("coat", "coat", COLOUR.choice());
    var after =
        new Attribute("coat", "Coat", new Choice(Map.of(9, "x"), new GlobalSet("crm_colour", "")));
    rules
        .when(pet(new ChangeAttribute(before, after)))
        .expectEvents(
            new EntityTypeDefined(
                EntityType.of(
                    "pet",
                    "pets",
                    "Pet",
                    "name",
                    text("name"),
                    new Attribute("coat", "Coat", COLOUR.choice()))));
  }

  @Test
  void nothing_grows_without_bound() {
    var many = new HashMap<Integer, String>();
    for (int i = 0; i <= DefinitionBounds.OPTIONS_MAX; i++) {
      many.put(i, "x");
    }
    var tooLong = "x".repeat(DefinitionBounds.LABEL_LENGTH_MAX + 1);
    for (OptionSet set :
        List.of(
            new OptionSet("crm_Colour", "", many),
            new OptionSet("crm_Colour", tooLong, Map.of()),
            new OptionSet("crm_Colour", "", Map.of(1, tooLong)))) {
      assertThat(rules.when(revise(new Create(set))).refusal()).isInstanceOf(Invalid.class);
    }
    var sets = new OptionSet[DefinitionBounds.OPTION_SETS_MAX];
    for (int i = 0; i < sets.length; i++) {
      sets[i] = new OptionSet("s" + i, "", Map.of());
    }
    assertThat(new Scenario(SET).knowing(sets).when(revise(new Create(COLOUR))).refusal())
        .isInstanceOf(Invalid.class);
  }

  @Test
  void so_many_entity_types_share_the_options_of_one_set_and_no_more() {
    var users = new HashSet<String>();
    for (int i = 0; i < DefinitionBounds.OPTION_SET_USERS_MAX; i++) {
      users.add("t" + i);
    }
    rules.given(new OptionSetDefined(COLOUR, users)).given(PETS, new EntityTypeDefined(PET));

    assertThat(rules.when(pet(new AddAttribute(asked("coat")))).refusal())
        .isInstanceOf(Invalid.class);
  }

  @Test
  void options_have_a_bound_counted_for_each_entity_type_that_shares_them() {
    var users = new HashSet<String>();
    var options = new HashMap<Integer, String>();
    for (int i = 0; i < DefinitionBounds.OPTION_SET_USERS_MAX - 1; i++) {
      users.add("t" + i);
      rules.given(EntityType.stream("t" + i), new EntityTypeDefined(PET));
    }
    int most = DefinitionBounds.SHARED_OPTIONS_MAX / users.size();
    for (int i = 0; i < most; i++) {
      options.put(i, "x");
    }
    var full = new OptionSet("crm_Colour", "Colour", options);
    rules.given(new OptionSetDefined(full, users)).given(PETS, new EntityTypeDefined(PET));

    assertThat(rules.when(options(new Insert(most, "x"))).refusal()).isInstanceOf(Invalid.class);
    assertThat(rules.when(pet(new AddAttribute(asked("coat")))).refusal())
        .isInstanceOf(Invalid.class);
  }

  @Test
  void a_change_that_changes_nothing_forgets_who_shares_no_more() {
    shared();
    rules.when(pet(new RemoveAttribute("coat")));

    rules
        .when(revise(new Change("Colour", null)))
        .expectEvents(new OptionSetDefined(COLOUR, Set.of()));
  }

  @Test
  void an_entity_type_that_cannot_take_more_options_stops_the_set() {
    var most = new HashMap<Integer, String>();
    for (int i = 0; i < DefinitionBounds.OPTIONS_MAX - 2; i++) {
      most.put(i, "x");
    }
    EntityType full =
        EntityType.of(
            "pet",
            "pets",
            "Pet",
            "name",
            text("name"),
            new Attribute("own", "own", new Choice(most)),
            new Attribute("coat", "coat", COLOUR.choice()));
    rules
        .given(new OptionSetDefined(COLOUR, Set.of("pet")))
        .given(PETS, new EntityTypeDefined(full));

    assertThat(rules.when(options(new Insert(3, "Green"))).refusal())
        .isInstanceOf(InvalidDefinition.class);
  }
}
