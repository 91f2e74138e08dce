package io.rowstream.query.projections.entitytypes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.OptionSetEvent.OptionSetDefined;
import io.rowstream.language.event.OptionSetEvent.OptionSetRemoved;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.query.projections.ViewDatabase;
import io.rowstream.query.projections.Widgets;
import io.rowstream.testkit.LogWriter.Said;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntityTypesIT {
  private final ViewDatabase database = ViewDatabase.create();

  @AfterEach
  void drop() {
    database.close();
  }

  private static EntityType type(String name, String set, int length) {
    return EntityType.of(
        name, set, name, "name", new Attribute("name", "Name", new AttributeType.Text(length)));
  }

  private void define(EntityType type) {
    database.writer().append(EntityType.stream(type.name()), new EntityTypeDefined(type));
  }

  @Test
  void one_that_has_gone_is_not_known_until_it_comes_again() {
    define(Widgets.TYPE);
    define(type("gadget", "gadgets", 10));
    remove("gadget");
    try (var types = EntityTypes.start(database.log().reader(), database.feed())) {
      assertThat(types.all()).containsExactly(Widgets.TYPE);
      assertThat(types.bySetName("gadgets")).isNull();

      remove("widget");
      define(type("gadget", "gizmos", 10));

      Awaitility.await().until(() -> types.byName("gadget") != null);
      assertThat(types.all()).containsExactly(type("gadget", "gizmos", 10));
      assertThat(types.bySetName("widgets")).isNull();
    }
  }

  private void remove(String name) {
    database.writer().append(EntityType.stream(name), new EntityTypeRemoved(name));
  }

  @Test
  void the_latest_definition_counts_before_and_after_the_start() {
    define(Widgets.TYPE);
    define(type("gadget", "gadgets", 10));
    define(type("gadget", "gadgets", 20));
    try (var types = EntityTypes.start(database.log().reader(), database.feed())) {
      assertThat(types.byName("widget")).isEqualTo(Widgets.TYPE);
      assertThat(types.bySetName("widgets")).isEqualTo(Widgets.TYPE);
      assertThat(types.byName("gadget")).isEqualTo(type("gadget", "gadgets", 20));
      assertThat(types.all()).extracting(EntityType::name).containsExactly("gadget", "widget");

      define(type("gadget", "gizmos", 30));
      define(type("third", "thirds", 1));

      Awaitility.await().until(() -> types.byName("third") != null);
      assertThat(types.bySetName("gizmos")).isEqualTo(type("gadget", "gizmos", 30));
      assertThat(types.bySetName("gadgets")).isNull();
      assertThat(types.byName("nothing")).isNull();
    }
  }

  @Test
  void global_option_sets_are_there_from_their_making_to_their_end() {
    var size = new OptionSet("Size", "Size", Map.of(1, "S"));
    var colour = new OptionSet("Colour", "Colour", Map.of());
    database.writer().append(OptionSet.stream("Size"), new OptionSetDefined(size, Set.of()));
    database.writer().append(OptionSet.stream("Colour"), new OptionSetDefined(colour, Set.of()));
    try (var types = EntityTypes.start(database.log().reader(), database.feed())) {
      assertThat(types.optionSets()).containsExactly(colour, size);
      assertThat(types.all()).isEmpty();

      database.writer().append(OptionSet.stream("Colour"), new OptionSetRemoved("Colour"));
      types.catchUp();

      assertThat(types.optionSets()).containsExactly(size);
    }
  }

  @Test
  void who_catches_up_knows_what_was_defined_before_the_feed_has_told() {
    try (var types = EntityTypes.start(database.log().reader(), database.feed())) {
      for (int round = 0; round < 20; round++) {
        define(type("type" + round, "set" + round, 1));

        types.catchUp();

        assertThat(types.all()).hasSize(round + 1);
      }
    }
  }

  @Test
  void a_definition_is_not_missed_when_the_feed_has_forgotten_it_already() {
    var forgetful = EventFeedSettings.DEFAULT.withRing(1, 1_000);
    try (var feed = EventFeed.start(database.log().reader(), forgetful);
        var types = EntityTypes.start(database.log().reader(), feed)) {
      for (int round = 0; round < 10; round++) {
        var said = new ArrayList<Said>();
        var type = type("type" + round, "set" + round, 1);
        said.add(new Said(EntityType.stream(type.name()), new EntityTypeDefined(type)));
        database.writer().append(said.toArray(Said[]::new));
        for (int i = 0; i < 5; i++) {
          database
              .writer()
              .append(
                  Widgets.ref(round * 10 + i), new RecordCreated(Map.of("name", Value.text("x"))));
        }
      }

      Awaitility.await().until(() -> types.all().size() == 10);
    }
  }
}
