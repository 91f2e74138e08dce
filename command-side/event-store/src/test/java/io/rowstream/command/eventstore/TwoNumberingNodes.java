package io.rowstream.command.eventstore;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.WholeLog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// Two nodes of one database that know nothing of each other, and records they give numbers to.
abstract class TwoNumberingNodes {
  static LogDatabase database;
  static Node here;
  static Node there;

  /// An entity type of its own for each test.
  final String ticket = "ticket" + UUID.randomUUID().toString().replace("-", "");

  @BeforeAll
  static void startNodes() throws Exception {
    database = LogDatabase.create();
    here = Node.start(database);
    there = Node.start(database);
  }

  @AfterAll
  static void stopNodes() {
    here.close();
    there.close();
    database.close();
  }

  @BeforeEach
  void define() {
    here.define(ticket(ticket));
    there.refresh();
  }

  static EntityType ticket(String name) {
    var number = new AttributeType.Text(20, AutoNumberFormat.parse("{SEQNUM:1}"));
    return EntityType.of(
        name, name + "s", "Ticket", "number", new Attribute("number", "Number", number));
  }

  static Node node(int racer) {
    return racer % 2 == 0 ? here : there;
  }

  final CreateRecord create() {
    return create(new RecordRef(ticket, UUID.randomUUID()));
  }

  static CreateRecord create(RecordRef record) {
    return new CreateRecord(record, Map.of());
  }

  static List<Long> range(long first, int count) {
    return LongStream.range(first, first + count).boxed().toList();
  }

  /// The number a record was created with.
  final long number(RecordRef record) {
    return WholeLog.read(database.owner()).stream()
        .filter(event -> event.record().equals(record))
        .flatMap(TwoNumberingNodes::number)
        .findFirst()
        .orElseThrow();
  }

  final List<Long> numbers() {
    return numbers(database.owner(), ticket);
  }

  /// In the order of the log.
  static List<Long> numbers(DataSource owner, String entityType) {
    return WholeLog.read(owner).stream()
        .filter(event -> event.record().entityType().equals(entityType))
        .flatMap(TwoNumberingNodes::number)
        .toList();
  }

  private static Stream<Long> number(LoggedEvent logged) {
    return logged.event() instanceof RecordCreated(Map<String, Value> values)
            && values.get("number") instanceof Value.Text(String text)
        ? Stream.of(Long.valueOf(text))
        : Stream.empty();
  }
}
