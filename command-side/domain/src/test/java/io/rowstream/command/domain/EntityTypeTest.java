package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How entity types come and change.
class EntityTypeTest {
  private static final EntityType PET = pet("pets", text("name"), text("breed"));
  private static final RecordRef STREAM = EntityType.stream("pet");

  private final Scenario definition = new Scenario(STREAM);

  @Test
  void a_first_definition_creates_the_type() {
    definition
        .when(new DefineEntityType(PET))
        .expectEvents(new EntityTypeDefined(PET))
        .expectResults(new RecordResult(STREAM, 0, true));
  }

  @Test
  void the_same_definition_again_changes_nothing() {
    definition
        .given(new EntityTypeDefined(PET))
        .when(new DefineEntityType(pet("pets", text("name"), text("breed"))))
        .expectNothing()
        .expectResults(new RecordResult(STREAM, 0, false));
  }

  @Test
  void attributes_and_policies_may_be_added_and_widened() {
    var wider =
        pet(
                "pets",
                new Attribute("name", "Its name", new AttributeType.Text(200)),
                text("breed"),
                new Attribute("age", "Age", new AttributeType.WholeNumber(0, 100)))
            .with(Policies.DEFAULT.withVersionRequired());

    definition
        .given(new EntityTypeDefined(PET))
        .when(new DefineEntityType(wider))
        .expectEvents(new EntityTypeDefined(wider))
        .expectResults(new RecordResult(STREAM, 1, false));
  }

  static Stream<EntityType> incompatible() {
    return Stream.of(
        pet("animals", text("name"), text("breed")),
        pet("pets", text("name")),
        pet("pets", text("name"), new Attribute("breed", "Breed", new AttributeType.Guid())),
        pet("pets", text("name"), new Attribute("breed", "Breed", new AttributeType.Memo(100))));
  }

  @ParameterizedTest
  @MethodSource("incompatible")
  void what_would_make_the_log_unreadable_is_refused(EntityType wanted) {
    var then = definition.given(new EntityTypeDefined(PET)).when(new DefineEntityType(wanted));

    assertThat(then.refusal()).isInstanceOf(Refusal.InvalidDefinition.class);
    assertThat(then.decidedOn()).isEqualTo(Map.of(STREAM, 0L));
  }

  private static EntityType pet(String setName, Attribute... attributes) {
    return EntityType.of("pet", setName, "Pet", "name", attributes);
  }

  @Test
  void alternate_keys_stay_as_they_were_first_defined() {
    EntityType keyed = PET.with(AlternateKey.of("name", "name"));
    definition.given(new EntityTypeDefined(keyed));

    for (EntityType other : List.of(PET, PET.with(AlternateKey.of("name", "breed")))) {
      assertThat(definition.when(new DefineEntityType(other)).refusal())
          .isInstanceOf(Refusal.InvalidDefinition.class);
    }
    definition.when(new DefineEntityType(keyed)).expectNothing();
  }
}
