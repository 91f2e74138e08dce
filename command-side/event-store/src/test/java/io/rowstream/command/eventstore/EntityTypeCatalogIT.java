package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.OptionSetEvent.OptionSetDefined;
import io.rowstream.language.event.OptionSetEvent.OptionSetRemoved;
import io.rowstream.testkit.LogDatabase;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntityTypeCatalogIT {
  private static final EntityType PET = type("pet", "pets");
  private static final EntityType OWNER = type("owner", "owners");

  private LogDatabase database;

  @BeforeEach
  void createDatabase() {
    database = LogDatabase.create();
  }

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void it_knows_every_type_as_it_was_defined_last() {
    define(PET);
    define(OWNER);
    var strict = PET.with(Policies.DEFAULT.withVersionRequired());
    define(strict);

    var catalog = new EntityTypeCatalog(database.owner());

    assertThat(catalog.find("pet")).contains(strict);
    assertThat(catalog.findBySet("pets")).contains(strict);
    assertThat(catalog.find("owner")).contains(OWNER);
    assertThat(catalog.find("pets")).isEmpty();
    assertThat(catalog.findBySet("pet")).isEmpty();
  }

  @Test
  void what_is_defined_later_is_known_after_a_refresh() {
    var catalog = new EntityTypeCatalog(database.owner());
    define(PET);
    assertThat(catalog.find("pet")).isEmpty();

    catalog.refresh();

    assertThat(catalog.find("pet")).contains(PET);
  }

  @Test
  void it_knows_the_global_option_sets_there_are_by_name_in_any_case() {
    var size = new OptionSet("Size", "Size", Map.of(1, "S"));
    database.writer().append(OptionSet.stream("Size"), new OptionSetDefined(size, Set.of()));
    var catalog = new EntityTypeCatalog(database.owner());
    assertThat(catalog.findOptionSet("SIZE")).contains(size);
    assertThat(catalog.optionSets()).containsExactly(size);
    assertThat(catalog.all()).isEmpty();

    database.writer().append(OptionSet.stream("Size"), new OptionSetRemoved("Size"));
    catalog.refresh();

    assertThat(catalog.findOptionSet("Size")).isEmpty();
  }

  @Test
  void a_refresh_that_fails_half_way_loses_nothing() {
    var catalog = new EntityTypeCatalog(database.owner());
    define(PET);
    define(OWNER);
    database.execute(
        "ALTER TABLE log.event ADD kept bytea; UPDATE log.event SET kept = payload;"
            + "UPDATE log.event SET payload = '{}' WHERE position = 2");
    assertThatThrownBy(catalog::refresh).isInstanceOf(RuntimeException.class);
    database.execute("UPDATE log.event SET payload = kept");

    catalog.refresh();

    assertThat(catalog.find("owner")).contains(OWNER);
    assertThat(catalog.find("pet")).contains(PET);
  }

  private void define(EntityType type) {
    database.writer().append(EntityType.stream(type.name()), new EntityTypeDefined(type));
  }

  private static EntityType type(String name, String setName) {
    return EntityType.of(
        name,
        setName,
        name,
        "name",
        new Attribute("name", "Name", new AttributeType.Text(100)),
        new Attribute("age", "Age", new AttributeType.WholeNumber(0, 200)));
  }
}
