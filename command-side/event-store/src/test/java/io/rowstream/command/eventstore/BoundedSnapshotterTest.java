package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.command.domain.RecordAggregate;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedSnapshotterTest {
  private final SlowStorage storage = new SlowStorage();
  private final BoundedSnapshotter snapshotter =
      new BoundedSnapshotter(
          EmbeddedEventStore.builder().storageEngine(storage).build(),
          new GenericAggregateFactory<>(RecordAggregate.class));

  /// Reads nothing until it may.
  private static final class SlowStorage extends InMemoryEventStorageEngine {
    final CountDownLatch reading = new CountDownLatch(1);
    final CountDownLatch mayRead = new CountDownLatch(1);

    @Override
    public DomainEventStream readEvents(String reference, long firstVersion) {
      reading.countDown();
      try {
        mayRead.await();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
      return super.readEvents(reference, firstVersion);
    }
  }

  @AfterEach
  void stop() {
    snapshotter.close();
  }

  @Test
  void what_is_turned_away_gets_its_snapshot_the_next_time() throws Exception {
    List<String> due =
        Stream.generate(this::record).limit(1 + BoundedSnapshotter.WAITING_MAX).toList();
    String tooMany = record();
    snapshotter.scheduleSnapshot(RecordAggregate.class, due.getFirst());
    storage.reading.await();
    due.forEach(record -> snapshotter.scheduleSnapshot(RecordAggregate.class, record));
    snapshotter.scheduleSnapshot(RecordAggregate.class, tooMany);

    storage.mayRead.countDown();
    await().until(() -> due.stream().allMatch(this::hasSnapshot));
    assertThat(hasSnapshot(tooMany)).isFalse();

    snapshotter.scheduleSnapshot(RecordAggregate.class, tooMany);
    await().until(() -> hasSnapshot(tooMany));
  }

  private boolean hasSnapshot(String record) {
    return storage.readSnapshot(record).isPresent();
  }

  private String record() {
    String record = new RecordRef("contact", UUID.randomUUID()).toString();
    storage.appendEvents(event(record, 0), event(record, 1));
    return record;
  }

  private static DomainEventMessage<?> event(String record, long version) {
    var created = new RecordCreated(Map.<String, Value>of());
    return new GenericDomainEventMessage<>("contact", record, version, created);
  }
}
