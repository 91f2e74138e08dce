package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.Cursor;
import io.rowstream.eventlog.CursorSeal;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType.Text;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.query.eventfeed.Unit;
import io.rowstream.testkit.Json;
import io.rowstream.testkit.LogWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static final UUID EPOCH = UUID.randomUUID();
  private static final CursorSeal SEAL = new CursorSeal(new byte[] {7});
  private static final Instant WHEN = Instant.parse("2026-01-05T08:00:00.123456Z");
  private static final WatchFilter ALL = new WatchFilter(Set.of(), Set.of(), Set.of());
  private static final RecordRef CONTACT =
      new RecordRef("contact", UUID.fromString("00000000-0000-4000-8000-000000000001"));

  private final Frames frames = new Frames(EPOCH, SEAL, Sample.CATALOGUE, Sample::person);

  @Test
  void a_frame_is_an_sse_event_whose_id_is_its_cursor_and_whose_data_is_one_line() {
    var text =
        frames.change(unit(created(Value.text("a\nb\r\nc\u2028"))), ALL, 42).orElseThrow().text();

    assertThat(text).matches("id: [A-Za-z0-9_-]+\nevent: change\ndata: \\{.*}\n\n");
    assertThat(text.lines()).hasSize(4);
    assertThat(text).contains("a\\nb\\r\\nc\\u2028");
    var id = text.substring("id: ".length(), text.indexOf('\n'));
    assertThat(SEAL.open(id)).contains(new Cursor(EPOCH, 5, 42));
  }

  @Test
  void values_are_written_as_clients_of_the_web_api_write_them() {
    var account = new RecordRef("account", UUID.randomUUID());
    var values = new LinkedHashMap<String, Value>();
    values.put("text", Value.text("ünïcödé 🎈 \" \\"));
    values.put("empty", Value.text(""));
    values.put("whole", Value.whole(Long.MAX_VALUE));
    values.put("decimal", new Value.Decimal(new BigDecimal("100.50")));
    values.put("large", new Value.Decimal(new BigDecimal("1E+3")));
    values.put("yes", new Value.YesNo(true));
    values.put("time", new Value.DateTime(WHEN));
    values.put("guid", new Value.Guid(CONTACT.id()));
    values.put("lookup", new Value.Lookup(account));

    var attributes = Json.at(change(new RecordCreated(values)), "attributes");

    assertThat(Json.at(attributes, "text", "new")).isEqualTo("ünïcödé 🎈 \" \\");
    assertThat(Json.at(attributes, "text", "old")).isNull();
    assertThat(Json.at(attributes, "empty", "new")).isEqualTo("");
    assertThat(Json.at(attributes, "whole", "new")).isEqualTo(Long.MAX_VALUE);
    assertThat(Json.at(attributes, "decimal", "new")).isEqualTo(new BigDecimal("100.5"));
    assertThat(Json.at(attributes, "large", "new")).isEqualTo(1_000L);
    assertThat(Json.at(attributes, "yes", "new")).isEqualTo(true);
    assertThat(Json.at(attributes, "time", "new")).isEqualTo("2026-01-05T08:00:00.123456Z");
    assertThat(Json.at(attributes, "guid", "new")).isEqualTo(CONTACT.id().toString());
    assertThat(Json.at(attributes, "_lookup_value", "new")).isEqualTo(account.id().toString());
    assertThat(Json.at(attributes, "_lookup_value", "new@Microsoft.Dynamics.CRM.lookuplogicalname"))
        .isEqualTo("account");
  }

  @Test
  void every_kind_of_event_says_what_it_is() {
    var renamed = Map.of("fullname", new Change(Value.text("a"), Value.text("b")));
    var updated = new RecordUpdated(renamed, true, false, Set.of());
    var deleted = new RecordDeleted(Map.of("fullname", Value.text("b")), true, Set.of());
    var restored = new RecordRestored(renamed, 0, false, Set.of());

    assertThat(Json.at(change(created(Value.text("a"))), "operation")).isEqualTo("create");
    assertThat(Json.at(change(updated), "operation")).isEqualTo("update");
    assertThat(Json.at(change(updated), "merged")).isEqualTo(true);
    assertThat(Json.at(change(updated), "forced")).isEqualTo(false);
    assertThat(Json.at(change(deleted), "operation")).isEqualTo("delete");
    assertThat(Json.at(change(deleted), "forced")).isEqualTo(true);
    assertThat(Json.at(change(deleted), "attributes", "fullname", "old")).isEqualTo("b");
    assertThat(Json.at(change(deleted), "attributes", "fullname", "new")).isNull();
    assertThat(Json.at(change(restored), "operation")).isEqualTo("restore");
  }

  @Test
  void the_frame_names_command_client_and_actor() {
    var frame = Json.object(data(unit(created(Value.text("a")))));

    assertThat(frame)
        .containsEntry("position", 5L)
        .containsEntry("committedOn", "2026-01-05T08:00:00.123456Z")
        .containsEntry("commandId", "command")
        .containsEntry("clientId", null);
    assertThat(Json.at(frame, "actor", "fullname")).isEqualTo("Ada Admin");
  }

  @Test
  void a_definition_of_an_entity_type_is_not_a_change_of_a_record() {
    var type = EntityType.of("x", "xs", "X", "name", new Attribute("name", "Name", new Text(10)));

    assertThat(frames.change(unit(new EntityTypeDefined(type)), ALL, 1)).isEmpty();
  }

  @Test
  void an_unknown_entity_type_has_no_set_and_an_unknown_person_no_name() {
    var strange = new RecordRef("strange", UUID.randomUUID());
    var event =
        new LoggedEvent(
            5,
            strange,
            0,
            0,
            WHEN,
            new Origin("c", "tab", UUID.randomUUID()),
            created(Value.text("a")));
    var frame = Json.object(data(new Unit(List.of(event))));

    assertThat(Json.at(frame, "changes", 0, "set")).isNull();
    assertThat(Json.at(frame, "actor", "fullname")).isNull();
    assertThat(frame).containsEntry("clientId", "tab");
  }

  @Test
  void a_frame_as_a_chunk_is_its_length_and_itself() {
    var frame = frames.mark("bookmark", 5, 1);
    var chunk = frame.chunk().toString(StandardCharsets.UTF_8);
    int length = frame.text().getBytes(StandardCharsets.UTF_8).length;

    assertThat(chunk).isEqualTo(Integer.toHexString(length) + "\r\n" + frame.text() + "\r\n");
    assertThat(frame.size()).isEqualTo(chunk.length());
  }

  @Test
  void a_reset_has_an_empty_id() {
    assertThat(Frames.reset(ResetReason.EPOCH, 9).text())
        .isEqualTo("id: \nevent: reset\ndata: {\"reason\":\"epoch\",\"position\":9}\n\n");
  }

  private Object change(LogEvent event) {
    var changes = Json.object(data(unit(event))).get("changes");
    return Objects.requireNonNull(Json.at(changes, 0));
  }

  private String data(Unit unit) {
    var text = frames.change(unit, ALL, 1).orElseThrow().text();
    return text.substring(text.indexOf("data: ") + "data: ".length());
  }

  private static LogEvent created(Value name) {
    return new RecordCreated(Map.of("fullname", name));
  }

  private static Unit unit(LogEvent event) {
    return new Unit(
        List.of(
            new LoggedEvent(
                5, CONTACT, 0, 0, WHEN, new Origin("command", null, LogWriter.ADA), event)));
  }
}
