package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.WholeLog;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A record that was not there saves the command a look, and is believed no longer than that.
class AbsentRecordsIT {
  private static final EntityType THING =
      EntityType.of(
          "thing",
          "things",
          "Thing",
          "name",
          new Attribute("name", "Name", new AttributeType.Text(100)));

  private final RecordRef record = new RecordRef("thing", UUID.randomUUID());
  private LogDatabase database;
  private Node first;
  private Node second;

  @BeforeEach
  void startTwoNodes() throws Exception {
    database = LogDatabase.create();
    first = Node.start(database);
    first.define(THING);
    second = Node.start(database);
  }

  @AfterEach
  void stop() {
    second.close();
    first.close();
    database.close();
  }

  @Test
  void a_command_on_it_reads_nothing() {
    second.absent.note(record);
    second.reads.reset();

    assertThat(second.send(upsert("A")).first().created()).isTrue();
    assertThat(second.reads.queries).hasValue(0);
  }

  @Test
  void one_that_has_come_into_being_is_not_created_again() {
    first.send(upsert("A"));
    second.absent.note(record);

    var result = second.send(upsert("B")).first();

    assertThat(result.created()).isFalse();
    assertThat(result.rowVersion()).isEqualTo(1);
    WholeLog.read(database.owner());
  }

  @Test
  void one_that_has_come_into_being_is_a_duplicate_for_a_create() {
    first.send(upsert("A"));
    second.absent.note(record);

    assertThatThrownBy(() -> second.send(new CreateRecord(record, Map.of())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("DuplicateRecord");
  }

  private RecordCommand upsert(String name) {
    return new UpsertRecord(record, Map.of("name", Value.text(name)), Expectation.NONE);
  }
}
