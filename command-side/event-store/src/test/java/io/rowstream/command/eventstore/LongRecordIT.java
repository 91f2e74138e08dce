package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.testkit.LogDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Records with many events are loaded from a snapshot and the few events after it.
class LongRecordIT {
  private static final int EVENTS = 100_000;

  private final RecordRef counter = new RecordRef("counter", UUID.randomUUID());
  private LogDatabase database;

  @BeforeEach
  void createDatabase() throws Exception {
    database = LogDatabase.create();
    try (var node = Node.start(database)) {
      node.define(Counters.TYPE);
    }
  }

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void a_record_with_100_000_events_is_loaded_from_its_snapshot() throws Exception {
    fill();
    try (var first = Node.start(database)) {
      assertThat(first.send(count(EVENTS)).first().rowVersion()).isEqualTo(EVENTS);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> new Snapshots(database.owner()).find(counter).isPresent());
    }

    try (var second = Node.start(database)) {
      second.reads.reset();
      assertThat(second.send(count(EVENTS + 1)).first().rowVersion()).isEqualTo(EVENTS + 1);
      assertThat(second.reads.rows).hasValueLessThan(Node.SNAPSHOT_EVENTS);
    }
  }

  @Test
  void a_record_gets_a_snapshot_every_so_often_while_it_is_written() throws Exception {
    try (var node = Node.start(database)) {
      node.send(new CreateRecord(counter, Map.of()));
      for (int i = 1; i <= 3 * Node.SNAPSHOT_EVENTS; i++) {
        node.send(count(i));
      }
      await()
          .until(() ->
              new Snapshots(database.owner()).find(counter).orElseThrow().version()
                  >= 2 * Node.SNAPSHOT_EVENTS);
    }
  }

  @Test
  void a_snapshot_that_cannot_be_read_is_ignored() throws Exception {
    try (var node = Node.start(database)) {
      node.send(new CreateRecord(counter, Map.of("count", Value.whole(7))));
    }
    new Snapshots(database.owner())
        .keep(counter, new Snapshots.Snapshot(0, new byte[] {'?', 0, -1}));

    try (var node = Node.start(database)) {
      var refusal = node.refusal(new UpdateRecord(counter, Map.of(), Expectation.exactly(3)));

      assertThat(((Refusal.VersionMismatch) refusal).currentVersion()).isZero();
      assertThat(node.send(count(7)).first().rowVersion()).isZero();
    }
  }

  private static UpdateRecord count(RecordRef record, long count) {
    return new UpdateRecord(record, Map.of("count", Value.whole(count)), Expectation.NONE);
  }

  private UpdateRecord count(long count) {
    return count(counter, count);
  }

  /// Writes the record's events past the store, which would take a while.
  private void fill() {
    database.execute(
        """
        INSERT INTO log.event
        SELECT n + 2, '%s', 'counter', n, 0, now(),
               convert_to(
                 CASE n WHEN 0 THEN '{"event":"created","shape":1,"command":"c0",
                   "actor":"11111111-1111-4111-8111-111111111111","values":{"count":0}}'
                 ELSE format('{"event":"updated","shape":1,"command":"c%%s",
                   "actor":"11111111-1111-4111-8111-111111111111","changes":{"count":[%%s,%%s]}}',
                   n, n - 1, n)
                 END, 'UTF8')
          FROM generate_series(0, %d) n;
        UPDATE log.head SET position = %d
        """
            .formatted(counter.id(), EVENTS - 1, EVENTS + 1));
  }
}
