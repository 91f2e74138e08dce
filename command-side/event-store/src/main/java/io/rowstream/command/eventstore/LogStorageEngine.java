package io.rowstream.command.eventstore;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.language.RecordRef;
import io.rowstream.language.event.LogEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Axon's door to the log. Aggregate identifiers are record references, sequence numbers are row
/// versions. Events are appended by the [Decision] of the current unit of work. Thread-safe.
///
/// Events are not tracked through this engine: whoever follows the log uses the query side's feed.
public final class LogStorageEngine implements EventStorageEngine {
  private static final Logger log = LoggerFactory.getLogger(LogStorageEngine.class);

  private final RecordLog recordLog;
  private final Snapshots snapshots;
  private final SnapshotFormat format;
  private final AbsentRecords absent;

  public LogStorageEngine(
      RecordLog recordLog, DataSource dataSource, SnapshotFormat format, AbsentRecords absent) {
    this.recordLog = recordLog;
    this.snapshots = new Snapshots(dataSource);
    this.format = format;
    this.absent = absent;
  }

  @Override
  public void appendEvents(List<? extends EventMessage<?>> events) {
    var domainEvents = new ArrayList<DomainEventMessage<?>>();
    for (EventMessage<?> event : events) {
      domainEvents.add((DomainEventMessage<?>) event);
    }
    Decision.of(CurrentUnitOfWork.get()).append(domainEvents);
  }

  @Override
  public DomainEventStream readEvents(String reference, long firstVersion) {
    RecordRef record = RecordRef.parse(reference);
    if (absent.take(record)) {
      return DomainEventStream.empty();
    }
    return DomainEventStream.of(
        recordLog
            .between(record, firstVersion - 1, Long.MAX_VALUE)
            .map(event -> message(reference, event)));
  }

  private static DomainEventMessage<LogEvent> message(String reference, LoggedEvent event) {
    return new GenericDomainEventMessage<>(
        event.record().entityType(),
        reference,
        event.version(),
        event.event(),
        MetaData.emptyInstance(),
        reference + ":" + event.version(),
        event.committedOn());
  }

  @Override
  public void storeSnapshot(DomainEventMessage<?> snapshot) {
    snapshots.keep(
        RecordRef.parse(snapshot.getAggregateIdentifier()),
        new Snapshots.Snapshot(snapshot.getSequenceNumber(), format.write(snapshot.getPayload())));
  }

  @Override
  public Optional<DomainEventMessage<?>> readSnapshot(String reference) {
    RecordRef record = RecordRef.parse(reference);
    if (absent.has(record)) {
      return Optional.empty();
    }
    return snapshots.find(record).flatMap(snapshot -> message(record, snapshot));
  }

  private Optional<DomainEventMessage<?>> message(RecordRef record, Snapshots.Snapshot snapshot) {
    try {
      Object aggregate = format.read(record, snapshot.version(), snapshot.state());
      return Optional.of(
          new GenericDomainEventMessage<>(
              record.entityType(), record.toString(), snapshot.version(), aggregate));
    } catch (RuntimeException e) {
      log.warn("A snapshot cannot be read and is ignored, record={}", record, e);
      return Optional.empty();
    }
  }

  @Override
  public Stream<? extends TrackedEventMessage<?>> readEvents(
      @Nullable TrackingToken token, boolean mayBlock) {
    throw new UnsupportedOperationException("the log is followed through the query side's feed");
  }
}
