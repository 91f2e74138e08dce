package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Claim;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.Revision;
import io.rowstream.language.command.Revision.AddAttribute;
import io.rowstream.language.command.Revision.AddLookup;
import io.rowstream.language.command.Revision.ChangeAttribute;
import io.rowstream.language.command.Revision.ChangeRelationship;
import io.rowstream.language.command.Revision.Create;
import io.rowstream.language.command.Revision.Describe;
import io.rowstream.language.command.Revision.RemoveAttribute;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.entity.Relationship.OnDelete;
import io.rowstream.language.event.ClaimEvent.Claimed;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.Refusal.AlreadyDefined;
import io.rowstream.language.refusal.Refusal.InvalidDefinition;
import io.rowstream.language.refusal.Refusal.NotDefined;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// How entity types change one thing at a time.
class EntityTypeRevisionTest {
  private static final EntityType PET = pet(text("name"), text("breed"));
  private static final RecordRef STREAM = EntityType.stream("pet");
  private static final Attribute AGE =
      new Attribute("age", "Age", new AttributeType.WholeNumber(0, 100));
  private static final EntityType OWNER =
      EntityType.of("owner", "owners", "Owner", "name", text("name"), text("pets"));
  private static final Relationship OWNED = new Relationship("owner_pets", "ownerid", "owner");

  private final Scenario definition = new Scenario(STREAM, OWNER);

  private static EntityType pet(Attribute... attributes) {
    return EntityType.of("pet", "pets", "Pet", "name", attributes);
  }

  private static ReviseEntityType revise(Revision revision) {
    return new ReviseEntityType("pet", revision, null);
  }

  private Scenario.Then after(EntityType given, Revision revision) {
    return definition.given(new EntityTypeDefined(given)).when(revise(revision));
  }

  @Test
  void what_is_not_there_is_created_and_claims_its_set_name() {
    definition
        .when(revise(new Create(PET)))
        .expectEvents(new EntityTypeDefined(PET))
        .expectClaims(new Claimed(STREAM))
        .expectResults(new RecordResult(STREAM, 0, true));
  }

  @Test
  void what_is_there_is_not_created_again() {
    after(PET, new Create(pet(text("name")))).expectRefusal(new AlreadyDefined("pet", "pet"));
  }

  @Test
  void a_set_name_belongs_to_one_entity_type() {
    definition
        .when(revise(new Create(EntityType.of("pet", "owners", "Pet", "name", text("name")))))
        .expectRefusal(new AlreadyDefined("pet", "owners"));
    definition.given(Claim.onName("set", "pets"), new Claimed(EntityType.stream("petition")));
    definition.when(revise(new Create(PET))).expectRefusal(new AlreadyDefined("pet", "pets"));
  }

  @Test
  void attributes_are_added_one_by_one() {
    after(PET, new AddAttribute(AGE))
        .expectEvents(new EntityTypeDefined(pet(text("name"), text("breed"), AGE)))
        .expectVersion(1);
    definition.when(revise(new AddAttribute(AGE))).expectRefusal(new AlreadyDefined("pet", "age"));
    definition
        .when(revise(new AddAttribute(text("weight"))))
        .expectEvents(new EntityTypeDefined(pet(text("name"), text("breed"), AGE, text("weight"))));
  }

  @Test
  void names_that_mean_something_else_are_no_names_of_attributes() {
    definition.given(new EntityTypeDefined(PET));
    for (String name : List.of("createdon", "petid")) {
      assertThat(definition.when(revise(new AddAttribute(text(name)))).refusal())
          .as(name)
          .isInstanceOf(InvalidDefinition.class);
    }
  }

  @Test
  void a_definition_is_changed_at_the_version_its_sender_means() {
    definition.given(new EntityTypeDefined(PET));

    definition
        .when(new ReviseEntityType("pet", new AddAttribute(AGE), new RowVersion(4)))
        .expectRefusal(new Refusal.VersionMismatch(STREAM, 4, 0, false, List.of()));
    definition
        .when(new ReviseEntityType("pet", new AddAttribute(AGE), new RowVersion(0)))
        .expectVersion(1);
  }

  @Test
  void a_description_changes_what_it_says() {
    after(PET, new Describe("Animal", null, false, null))
        .expectEvents(
            new EntityTypeDefined(
                EntityType.of("pet", "pets", "Animal", "name", text("name"), text("breed"))
                    .with(Policies.DEFAULT.withoutChangeTracking())));
    definition.when(revise(new Describe(null, null, null, null))).expectNothing();
  }

  @Test
  void an_attribute_changes_within_its_kind() {
    var longer = new Attribute("breed", "Breed", new AttributeType.Text(500));

    after(PET, new ChangeAttribute(text("breed"), longer))
        .expectEvents(new EntityTypeDefined(pet(text("name"), longer)));
    definition.when(revise(new ChangeAttribute(text("breed"), longer))).expectNothing();
    assertThat(definition.when(revise(new ChangeAttribute(AGE, AGE))).refusal())
        .isEqualTo(new NotDefined("pet", "age"));
    var memo = new Attribute("breed", "Breed", new AttributeType.Memo(500));
    assertThat(definition.when(revise(new ChangeAttribute(longer, memo))).refusal())
        .isInstanceOf(InvalidDefinition.class);
  }

  @Test
  void a_change_of_what_somebody_else_has_just_changed_is_not_made() {
    var longer = new Attribute("breed", "Breed", new AttributeType.Text(500));
    var shorter = new Attribute("breed", "Breed", new AttributeType.Text(50));

    assertThat(
            after(pet(text("name"), longer), new ChangeAttribute(text("breed"), shorter)).refusal())
        .isInstanceOf(Refusal.TooBusy.class);
  }

  @Test
  void an_attribute_leaves_and_comes_back_only_of_its_kind() {
    after(PET, new RemoveAttribute("breed")).expectEvents(new EntityTypeDefined(pet(text("name"))));
    definition
        .when(revise(new RemoveAttribute("breed")))
        .expectRefusal(new NotDefined("pet", "breed"));
    var number = new Attribute("breed", "Breed", AGE.type());
    assertThat(definition.when(revise(new AddAttribute(number))).refusal())
        .isInstanceOf(InvalidDefinition.class);
    assertThat(definition.when(new DefineEntityType(pet(text("name"), number))).refusal())
        .isInstanceOf(InvalidDefinition.class);
    definition
        .when(revise(new AddAttribute(text("breed"))))
        .expectEvents(new EntityTypeDefined(PET));
  }

  @Test
  void attributes_that_something_rests_on_stay() {
    var kept =
        PET.with(AlternateKey.of("breed", "breed"))
            .with(Policies.DEFAULT.mergingTogether("name", "breed"));
    for (EntityType type : List.of(PET.with(AlternateKey.of("breed", "breed")), kept)) {
      assertThat(
              new Scenario(STREAM)
                  .given(new EntityTypeDefined(type))
                  .when(revise(new RemoveAttribute("breed")))
                  .refusal())
          .isInstanceOf(InvalidDefinition.class);
    }
    assertThat(after(PET, new RemoveAttribute("name")).refusal())
        .isInstanceOf(InvalidDefinition.class);
  }

  @Test
  void a_lookup_comes_with_its_relationship_and_goes_with_it() {
    var lookup = new Attribute("ownerid", "Owner", new AttributeType.Lookup(Set.of("owner")));
    EntityType owned = pet(text("name"), text("breed"), lookup).with(OWNED);

    after(PET, new AddLookup("Owner", OWNED))
        .expectEvents(new EntityTypeDefined(owned))
        .expectClaims(new Claimed(STREAM));
    definition
        .when(revise(new ChangeRelationship("owner_pets", OnDelete.RESTRICT)))
        .expectEvents(
            new EntityTypeDefined(
                pet(text("name"), text("breed"), lookup).with(OWNED.on(OnDelete.RESTRICT))));
    definition
        .when(revise(new RemoveAttribute("ownerid")))
        .expectEvents(new EntityTypeDefined(PET));
    definition
        .when(revise(new ChangeRelationship("owner_pets", OnDelete.CASCADE)))
        .expectRefusal(new NotDefined("pet", "owner_pets"));
    assertThat(
            definition
                .when(revise(new AddLookup("", new Relationship("pet_pets", "ownerid", "pet"))))
                .refusal())
        .isInstanceOf(InvalidDefinition.class);
  }

  @Test
  void a_relationship_has_a_name_of_its_own_and_a_target_that_is_there() {
    definition.given(new EntityTypeDefined(PET));
    definition.given(
        Claim.onName("relationship", "taken"), new Claimed(EntityType.stream("other")));

    assertThat(refusal("nowhere", "unicorn")).isInstanceOf(InvalidDefinition.class);
    for (String name : List.of("pets", "name", "ownerid", "createdon", "taken")) {
      assertThat(refusal(name, "owner")).as(name).isEqualTo(new AlreadyDefined("pet", name));
    }
  }

  private Refusal refusal(String relationship, String target) {
    return definition
        .when(revise(new AddLookup("Owner", new Relationship(relationship, "keeperid", target))))
        .refusal();
  }

  @Test
  void nothing_grows_without_bound() {
    var options = new HashMap<Integer, String>();
    for (int i = 0; i <= DefinitionBounds.OPTIONS_MAX; i++) {
      options.put(i, "x");
    }
    var tooLong = "x".repeat(DefinitionBounds.LABEL_LENGTH_MAX + 1);
    definition.given(new EntityTypeDefined(PET));

    for (Attribute attribute :
        List.of(
            new Attribute("c", "C", new AttributeType.Choice(options)),
            new Attribute("c", "C", new AttributeType.Choice(Map.of(1, tooLong))),
            new Attribute("c", tooLong, new AttributeType.YesNo()))) {
      assertThat(definition.when(revise(new AddAttribute(attribute))).refusal())
          .isInstanceOf(InvalidDefinition.class);
    }
    assertThat(definition.when(revise(new Describe(tooLong, null, null, null))).refusal())
        .isInstanceOf(InvalidDefinition.class);
  }

  @Test
  void there_are_so_many_entity_types_and_no_more() {
    var all = new EntityType[DefinitionBounds.ENTITY_TYPES_MAX];
    for (int i = 0; i < all.length; i++) {
      all[i] = EntityType.of("t" + i, "ts" + i, "", "name", text("name"));
    }

    assertThat(new Scenario(STREAM, all).when(revise(new Create(PET))).refusal())
        .isInstanceOf(InvalidDefinition.class);
  }

  @Test
  void there_are_so_many_attributes_and_no_more() {
    var all = new Attribute[EntityType.ATTRIBUTES_MAX];
    all[0] = text("name");
    for (int i = 1; i < all.length; i++) {
      all[i] = text("a" + i);
    }

    assertThat(after(pet(all), new AddAttribute(AGE)).refusal())
        .isInstanceOf(InvalidDefinition.class);
  }

  @Test
  void an_entity_type_that_is_not_there_is_not_changed() {
    definition
        .when(revise(new AddAttribute(AGE)))
        .expectRefusal(new Refusal.EntityTypeNotFound("pet"));
  }
}
