package io.rowstream.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.EventJson.Entry;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.event.ClaimEvent;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.OptionSetEvent;
import io.rowstream.language.event.RecordEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Events of every shape ever written stay readable for ever and mean what they meant.
///
/// `stored-events.jsonl` is one record's stream, an event a line; `stored-states.txt` says what the
/// record is after each. Lines are added when an event is written in a new way, never changed.
class StoredEventsTest {
  private static final RecordRef RECORD = new RecordRef("contact", new UUID(0, 1));
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void every_stored_event_leads_to_the_state_it_always_led_to() {
    @Nullable RecordState state = null;
    var states = new ArrayList<String>();
    for (LoggedEvent event : stream()) {
      state = RecordState.after(state, event);
      states.add(text(state));
    }

    assertThat(states).isEqualTo(lines("stored-states.txt"));
  }

  @Test
  void every_stored_definition_is_read() {
    var attributes = new HashSet<Class<?>>();
    for (String line : lines("stored-entity-types.jsonl")) {
      var type = ((EntityTypeDefined) read(line).event()).type();
      assertThat(type.name()).isEqualTo("everything");
      type.attributes().values().forEach(attribute -> attributes.add(attribute.type().getClass()));
      assertThat(EventJson.write(read(line).origin(), read(line).event()))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(line);
    }

    assertThat(attributes).containsExactlyInAnyOrder(AttributeType.class.getPermittedSubclasses());
  }

  @Test
  void the_corpus_holds_every_kind_of_event_and_value() {
    var events = new HashSet<Class<?>>();
    var values = new HashSet<Class<?>>();
    for (LoggedEvent logged : stream()) {
      LogEvent event = logged.event();
      events.add(event.getClass());
      for (Change change : ((RecordEvent) event).changes().values()) {
        values.add(change.before().getClass());
        values.add(change.after().getClass());
      }
    }

    assertThat(events).containsExactlyInAnyOrder(RecordEvent.class.getPermittedSubclasses());
    assertThat(values).containsExactlyInAnyOrder(Value.class.getPermittedSubclasses());
    assertThat(Set.of(LogEvent.class.getPermittedSubclasses()))
        .containsExactlyInAnyOrder(
            RecordEvent.class,
            EntityTypeDefined.class,
            EntityTypeRemoved.class,
            OptionSetEvent.class,
            ClaimEvent.class);
  }

  @Test
  void every_stored_removal_is_read() {
    for (String line : lines("stored-removals.jsonl")) {
      Entry entry = read(line);
      assertThat(entry.event()).isEqualTo(new EntityTypeRemoved("everything"));
      assertThat(EventJson.write(entry.origin(), entry.event()))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(line);
    }
  }

  @Test
  void every_stored_event_of_an_option_set_is_read() {
    var events = new HashSet<Class<?>>();
    for (String line : lines("stored-option-sets.jsonl")) {
      Entry entry = read(line);
      events.add(entry.event().getClass());
      assertThat(EventJson.write(entry.origin(), entry.event()))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(line);
    }

    assertThat(read(lines("stored-option-sets.jsonl").getFirst()).event())
        .isEqualTo(
            new OptionSetEvent.OptionSetDefined(
                new OptionSet("crm_Colour", "Colour", Map.of(1, "Red", -2, "Blue")),
                Set.of("account", "contact")));
    assertThat(events).containsExactlyInAnyOrder(OptionSetEvent.class.getPermittedSubclasses());
  }

  @Test
  void every_stored_event_of_a_claim_is_read() {
    var events = new HashSet<Class<?>>();
    for (String line : lines("stored-claims.jsonl")) {
      Entry entry = read(line);
      events.add(entry.event().getClass());
      assertThat(EventJson.write(entry.origin(), entry.event()))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(line);
    }

    assertThat(read(lines("stored-claims.jsonl").getFirst()).event())
        .isEqualTo(new ClaimEvent.Claimed(new RecordRef("account", new UUID(0, 7))));
    assertThat(events).containsExactlyInAnyOrder(ClaimEvent.class.getPermittedSubclasses());
  }

  @Test
  void todays_events_are_written_in_a_shape_the_corpus_knows() {
    for (String line : lines("stored-events.jsonl")) {
      Entry entry = read(line);

      assertThat(
              read(
                  new String(
                      EventJson.write(entry.origin(), entry.event()), StandardCharsets.UTF_8)))
          .isEqualTo(entry);
    }
  }

  private static List<LoggedEvent> stream() {
    var events = new ArrayList<LoggedEvent>();
    for (String line : lines("stored-events.jsonl")) {
      Entry entry = read(line);
      long version = events.size();
      events.add(
          new LoggedEvent(
              version + 1,
              RECORD,
              version,
              0,
              START.plusSeconds(version),
              entry.origin(),
              entry.event()));
    }
    return events;
  }

  private static String text(RecordState state) {
    return "v%d %s created %s by %s, modified %s by %s %s"
        .formatted(
            state.version(),
            state.deleted() ? "deleted" : "there",
            state.createdOn(),
            state.createdBy().toString().substring(0, 8),
            state.modifiedOn(),
            state.modifiedBy().toString().substring(0, 8),
            json(state.values()));
  }

  private static String json(Map<String, Value> values) {
    var text = new StringWriter();
    try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      ValueJson.write(json, new TreeMap<>(values));
    }
    return text.toString();
  }

  private static Entry read(String line) {
    return EventJson.read(line.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(String name) {
    try (var content = StoredEventsTest.class.getResourceAsStream(name)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
