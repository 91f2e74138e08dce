package io.rowstream.command.app;

import io.rowstream.command.domain.AutoNumbers;
import io.rowstream.command.domain.EntityTypeAggregate;
import io.rowstream.command.domain.EntityTypeCommandHandler;
import io.rowstream.command.domain.KeyCommandHandler;
import io.rowstream.command.domain.OptionSetAggregate;
import io.rowstream.command.domain.OptionSetCommandHandler;
import io.rowstream.command.domain.RecordAggregate;
import io.rowstream.command.domain.RecordCommandHandler;
import io.rowstream.command.domain.RecordState;
import io.rowstream.command.domain.RecordsHeld;
import io.rowstream.command.domain.RecordsOfType;
import io.rowstream.command.domain.Referrers;
import io.rowstream.command.domain.RunningNumbers;
import io.rowstream.command.eventstore.AbsentRecords;
import io.rowstream.command.eventstore.BoundedCache;
import io.rowstream.command.eventstore.BoundedSnapshotter;
import io.rowstream.command.eventstore.DurableCommandGateway;
import io.rowstream.command.eventstore.EntityTypeCatalog;
import io.rowstream.command.eventstore.FairKeyedLock;
import io.rowstream.command.eventstore.GroupCommit;
import io.rowstream.command.eventstore.LogStorageEngine;
import io.rowstream.command.eventstore.NumberSequences;
import io.rowstream.command.eventstore.RecordsThere;
import io.rowstream.eventlog.Links;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.eventlog.RecordStates;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.ReviseOptionSet;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// Axon's command bus with the record and entity type handlers on it, over the log. Wired by hand:
/// the parts that matter are ours, and nothing is picked by what happens to be on the class path.
public final class CommandBusWiring implements AutoCloseable {
  private final BoundedSnapshotter snapshotter;
  private final AbsentRecords absent = new AbsentRecords();
  private final DurableCommandGateway gateway;

  /// @param reads connections that may read the log, keep snapshots and take running numbers
  /// @param clock and `random` decide what auto-numbers hold besides their running number
  public CommandBusWiring(
      GroupCommit groupCommit,
      DataSource reads,
      EntityTypeCatalog types,
      CommandSideSettings settings,
      InstantSource clock,
      RandomGenerator random) {
    var recordLog = new RecordLog(reads);
    var events =
        EmbeddedEventStore.builder()
            .storageEngine(
                new LogStorageEngine(recordLog, reads, new RecordSnapshotFormat(), absent))
            .build();
    snapshotter =
        new BoundedSnapshotter(events, new GenericAggregateFactory<>(RecordAggregate.class));
    var lock = new FairKeyedLock(settings.lockTimeout(), settings.waitersMax());
    var bus = SimpleCommandBus.builder().build();
    var records =
        new RecordCommandHandler(
            records(events, lock, settings),
            types::definition,
            new PastRecordEvents(recordLog),
            new LoggedClaims(reads, events),
            referrers(reads),
            new AutoNumbers(numbers(reads, settings), clock, random));
    var definitions = definitions(EntityTypeAggregate.class, events, lock);
    var sets = definitions(OptionSetAggregate.class, events, lock);
    var typeHandler =
        new EntityTypeCommandHandler(
            definitions,
            sets,
            new LoggedClaims(reads, events),
            recordsOfType(reads),
            types::definitions);
    var setHandler = new OptionSetCommandHandler(sets, definitions, types::optionSets);
    var keys =
        new KeyCommandHandler(
            types::definition, recordsHeld(reads), new LoggedClaims(reads, events));
    for (Object handler : List.of(records, typeHandler, setHandler, keys)) {
      new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus);
    }
    bus.registerHandlerInterceptor((unitOfWork, chain) -> {
      switch (unitOfWork.getMessage().getPayload()) {
        case DefineEntityType _, ReviseEntityType _, ReviseOptionSet _ ->
            unitOfWork.afterCommit(_ -> types.refresh());
        default -> {
          // Defines nothing.
        }
      }
      return chain.proceed();
    });
    gateway = new DurableCommandGateway(bus, groupCommit, types);
  }

  private static RunningNumbers numbers(DataSource reads, CommandSideSettings settings) {
    return new NumberSequences(reads, settings.lockTimeout(), settings.waitersMax())::take;
  }

  private EventSourcingRepository<RecordAggregate> records(
      EventStore events, FairKeyedLock lock, CommandSideSettings settings) {
    return EventSourcingRepository.builder(RecordAggregate.class)
        .eventStore(events)
        .lockFactory(lock)
        .cache(new BoundedCache(settings.cachedRecordsMax()))
        .snapshotTriggerDefinition(
            new EventCountSnapshotTriggerDefinition(snapshotter, settings.snapshotEvents()))
        .build();
  }

  private static Referrers referrers(DataSource reads) {
    var links = new Links(reads);
    return (target, limit) -> {
      var found = links.to(target, limit);
      return new Referrers.Found(
          found.position(),
          found.links().stream()
              .map(link -> new Referrers.Referrer(link.record(), link.lookup()))
              .toList());
    };
  }

  private static RecordsHeld recordsHeld(DataSource reads) {
    var states = new RecordStates(reads);
    return (entityType, ids) ->
        states.of(entityType, ids).values().stream()
            .map(state ->
                new RecordsHeld.Held(
                    state.record(),
                    state.version(),
                    new RecordState(state.values(), !state.deleted())))
            .toList();
  }

  private static RecordsOfType recordsOfType(DataSource reads) {
    var records = new RecordsThere(reads);
    return entityType -> {
      var found = records.any(entityType);
      return new RecordsOfType.Found(found.position(), found.record(), found.version());
    };
  }

  private static <T> EventSourcingRepository<T> definitions(
      Class<T> aggregate, EventStore events, FairKeyedLock lock) {
    return EventSourcingRepository.builder(aggregate).eventStore(events).lockFactory(lock).build();
  }

  public DurableCommandGateway gateway() {
    return gateway;
  }

  /// What the next commands need not look for.
  public AbsentRecords absent() {
    return absent;
  }

  @Override
  public void close() {
    snapshotter.close();
  }
}
