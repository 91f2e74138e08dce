package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Claim;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.Revision;
import io.rowstream.language.command.Revision.AddAttribute;
import io.rowstream.language.command.Revision.AddLookup;
import io.rowstream.language.command.Revision.Create;
import io.rowstream.language.command.Revision.Remove;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.AlternateKey.Status;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.event.ClaimEvent.Claimed;
import io.rowstream.language.event.ClaimEvent.Released;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.Refusal.EntityTypeInUse;
import io.rowstream.language.refusal.Refusal.InvalidDefinition;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// How entity types go, and come again.
class EntityTypeRemovalTest {
  private static final Relationship OWNED = new Relationship("owner_pets", "ownerid", "owner");
  private static final EntityType OWNER =
      EntityType.of("owner", "owners", "Owner", "name", text("name"));
  private static final EntityType PET =
      pet("pets", text("name"), text("breed"), lookup("ownerid", "owner")).with(OWNED);
  private static final RecordRef STREAM = EntityType.stream("pet");
  private static final RecordRef REX = new RecordRef("pet", new UUID(0, 7));
  private static final RecordRef SET_NAME = Claim.onName("set", "pets");
  private static final RecordRef RELATIONSHIP_NAME = Claim.onName("relationship", "owner_pets");

  private final Scenario definition =
      new Scenario(STREAM, OWNER, PET).given(new EntityTypeDefined(PET));

  private static EntityType pet(String set, Attribute... attributes) {
    return EntityType.of("pet", set, "Pet", "name", attributes);
  }

  private static Attribute lookup(String name, String target) {
    return new Attribute(name, name, new AttributeType.Lookup(Set.of(target)));
  }

  private static ReviseEntityType revise(Revision revision) {
    return new ReviseEntityType("pet", revision, null);
  }

  @Test
  void it_goes_and_gives_back_the_names_it_held() {
    definition
        .given(SET_NAME, new Claimed(STREAM))
        .given(RELATIONSHIP_NAME, new Claimed(EntityType.stream("cat")), new Claimed(STREAM));

    definition
        .when(revise(new Remove()))
        .expectEvents(new EntityTypeRemoved("pet"))
        .expectClaims(new Released(), new Released())
        .expectVersion(1);

    definition
        .when(revise(new AddAttribute(text("age"))))
        .expectRefusal(new Refusal.EntityTypeNotFound("pet"));
    definition.when(revise(new Remove())).expectRefusal(new Refusal.EntityTypeNotFound("pet"));
  }

  @Test
  void names_that_others_hold_stay_theirs() {
    definition.given(SET_NAME, new Claimed(EntityType.stream("cat")));

    definition.when(revise(new Remove())).expectClaims();
  }

  @Test
  void it_stays_while_a_record_of_it_is_there() {
    definition.given(REX, new RecordCreated(Map.of()));

    var refused = definition.when(revise(new Remove()));

    assertThat(((EntityTypeInUse) refused.refusal()).reason()).contains(REX.id().toString());
    assertThat(refused.decidedOn()).isEqualTo(Map.of(REX, 0L));
    definition.given(REX, new RecordDeleted(Map.of(), false, Set.of()));
    definition.when(revise(new Remove())).expectEvents(new EntityTypeRemoved("pet"));
  }

  @Test
  void it_stays_while_a_lookup_of_another_refers_to_it() {
    var owner = new Scenario(EntityType.stream("owner"), OWNER, PET);
    owner.given(new EntityTypeDefined(OWNER));

    var refused = owner.when(new ReviseEntityType("owner", new Remove(), null));

    assertThat(((EntityTypeInUse) refused.refusal()).reason()).contains("ownerid", "pet");
    assertThat(refused.definedAt("pet")).isEqualTo(Scenario.DEFINED);
  }

  @Test
  void its_own_lookups_go_with_it() {
    EntityType own = pet("pets", text("name"), lookup("parentid", "pet"));
    var alone = new Scenario(STREAM, own).given(new EntityTypeDefined(own));

    alone.when(revise(new Remove())).expectEvents(new EntityTypeRemoved("pet"));
  }

  @Test
  void who_made_records_stays() {
    EntityType user = EntityType.of("systemuser", "systemusers", "User", "name", text("name"));
    var users = new Scenario(EntityType.stream("systemuser"), user);
    users.given(new EntityTypeDefined(user));

    assertThat(users.when(new ReviseEntityType("systemuser", new Remove(), null)).refusal())
        .isInstanceOf(EntityTypeInUse.class);
  }

  @Test
  void it_goes_at_the_version_its_sender_means() {
    var stale = new ReviseEntityType("pet", new Remove(), new RowVersion(3));

    assertThat(definition.when(stale).refusal()).isInstanceOf(Refusal.VersionMismatch.class);
  }

  @Test
  void it_may_come_again_under_another_set_and_with_other_attributes_and_keys() {
    var again = new Scenario(STREAM, OWNER);
    again.given(new EntityTypeDefined(PET), new EntityTypeRemoved("pet"));
    EntityType other =
        pet("animals", text("name"), text("fur")).with(AlternateKey.of("furkey", "fur"));

    again
        .when(revise(new Create(other)))
        .expectEvents(
            new EntityTypeDefined(
                other.with(AlternateKey.of("furkey", "fur").since(2, Status.ACTIVE))))
        .expectVersion(2)
        .expectCreated(true);
  }

  @Test
  void an_attribute_that_comes_again_has_the_kind_it_had() {
    var again = new Scenario(STREAM, OWNER, EntityType.of("dog", "dogs", "", "name", text("name")));
    again.given(new EntityTypeDefined(PET), new EntityTypeRemoved("pet"));

    for (Attribute other :
        new Attribute[] {
          new Attribute("breed", "", new AttributeType.YesNo()), lookup("ownerid", "dog")
        }) {
      assertThat(again.when(revise(new Create(pet("pets", text("name"), other)))).refusal())
          .isInstanceOf(InvalidDefinition.class);
    }
  }

  @Test
  void a_lookup_rests_on_what_it_refers_to() {
    var dog = new Relationship("owner_dogs", "keeperid", "owner");

    var added = definition.when(revise(new AddLookup("Keeper", dog)));

    assertThat(added.results()).hasSize(1);
    assertThat(added.definedAt("owner")).isEqualTo(Scenario.DEFINED);
  }

  @Test
  void a_new_entity_type_refers_only_to_what_is_there() {
    var cats = new Scenario(EntityType.stream("cat"), OWNER);
    EntityType cat = EntityType.of("cat", "cats", "", "name", text("name"), lookup("o", "owner"));
    EntityType lost = EntityType.of("cat", "cats", "", "name", text("name"), lookup("o", "nobody"));

    assertThat(cats.when(new ReviseEntityType("cat", new Create(lost), null)).refusal())
        .isInstanceOf(InvalidDefinition.class);
    assertThat(cats.when(new ReviseEntityType("cat", new Create(cat), null)).definedAt("owner"))
        .isEqualTo(Scenario.DEFINED);
  }
}
