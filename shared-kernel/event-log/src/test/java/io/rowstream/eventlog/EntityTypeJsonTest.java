package io.rowstream.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.AlternateKey.Status;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.EntityTypeDefined;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTypeJsonTest {
  private static final Origin ORIGIN = new Origin("c", null, new UUID(0, 0));
  private static final String PET =
      """
      {"event":"entity-type-defined","shape":1,"command":"c",\
      "actor":"00000000-0000-0000-0000-000000000000","type":{"name":"pet","set":"pets",\
      "display":"Pet","primary":"name","attributes":[{"name":"name","display":"Name",\
      "type":"text","length":100}],"optimistic":true,"required":false,"audit":true,"merge":[]}}\
      """;

  @Test
  void any_definition_is_read_as_it_was_written_attributes_in_their_order() {
    var events = new RandomEvents();
    for (int i = 0; i < 5_000; i++) {
      EntityType type = events.entityType();

      EntityType read = read(EventJson.write(ORIGIN, new EntityTypeDefined(type)));

      assertThat(read).isEqualTo(type);
      assertThat(List.copyOf(read.attributes().keySet()))
          .isEqualTo(List.copyOf(type.attributes().keySet()));
    }
  }

  @Test
  void a_definition_is_read_in_whatever_order_its_members_come() {
    assertThat(read(PET.getBytes(StandardCharsets.UTF_8)).primaryName()).isEqualTo("name");
  }

  @Test
  void keys_that_came_later_are_read_as_they_were_written() {
    EntityType type =
        read(PET.getBytes(StandardCharsets.UTF_8))
            .with(
                AlternateKey.of("first", "name"),
                AlternateKey.of("second", "name").since(7, Status.PENDING),
                AlternateKey.of("third", "name").since(9, Status.FAILED));

    byte[] written = EventJson.write(ORIGIN, new EntityTypeDefined(type));

    assertThat(read(written)).isEqualTo(type);
    assertThat(written)
        .asString(StandardCharsets.UTF_8)
        .contains("\"since\":{\"second\":[\"7\",\"PENDING\"],\"third\":[\"9\",\"FAILED\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "audit":true     | "audit":true,"personal":true
          "audit":true     | "audit":true,"future":"x"
          "audit":true     | "audit":true,"future":["x"]
          "audit":true     | "audit":true,"future":{"a":1}
          "audit":true     | "audit":true,"future":1
          "merge":[]       | "merge":[],"future":["x"]
          "merge":[]       | "merge":[],"keys":{"k":["name"]},"since":{"k":[]}
          "merge":[]       | "merge":[],"keys":{"k":["name"]},"since":{"k":["PENDING"]}
          "merge":[]       | "merge":[],"keys":{"k":["name"]},"since":{"k":["1","NEVER"]}
          "merge":[]       | "merge":["a"]
          "merge":[]       | "merge":{}
          "merge":[]       | "merge":"x"
          "length":100     | "length":100,"unit":"bytes"
          "length":100     | "length":100,"future":[1]
          "length":100     | "length":"100"
          "length":100     | "length":0
          "length":100     | "length":100,"autonumber":"{SEQNUM:0}"
          "length":100     | "length":100,"autonumber":7
          "length":100     | "length":3,"autonumber":"{SEQNUM:1}"
          "type":"text"    | "type":"novel"
          "audit":true     | "audit":1
          "name":"pet"     | "name":null
          "name":"pet",    | ``
          "primary":"name" | "primary":"title"
          "set":"pets"     | "set":"P E T S"
          "attributes":[{  | "attributes":[7,{
          """)
  void what_no_version_has_written_is_refused(String written, String other) {
    assertThat(PET).contains(written);
    String json = PET.replace(written, other);

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> read(json.getBytes(StandardCharsets.UTF_8))));
  }

  private static EntityType read(byte[] payload) {
    return ((EntityTypeDefined) EventJson.read(payload).event()).type();
  }
}
