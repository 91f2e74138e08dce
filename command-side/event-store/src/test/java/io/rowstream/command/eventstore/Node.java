package io.rowstream.command.eventstore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.rowstream.command.domain.AutoNumbers;
import io.rowstream.command.domain.EntityTypeAggregate;
import io.rowstream.command.domain.EntityTypeCommandHandler;
import io.rowstream.command.domain.KeyCommandHandler;
import io.rowstream.command.domain.OptionSetAggregate;
import io.rowstream.command.domain.OptionSetCommandHandler;
import io.rowstream.command.domain.RecordAggregate;
import io.rowstream.command.domain.RecordCommandHandler;
import io.rowstream.command.domain.RecordEvents.PastEvent;
import io.rowstream.command.domain.RecordState;
import io.rowstream.command.domain.RecordsHeld;
import io.rowstream.command.domain.RecordsOfType;
import io.rowstream.command.domain.Referrers;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.eventlog.RecordStates;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.command.ExecuteMultiple;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;

/// One node of the command side: a bus with the rules on it, over a log that others write to as
/// well.
final class Node implements AutoCloseable {
  static final int SNAPSHOT_EVENTS = 100;
  static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

  final CountingDataSource reads;
  final GroupCommit groupCommit;
  final NumberSeeds seeds;
  final AbsentRecords absent = new AbsentRecords();
  private final HikariDataSource pool;
  private final EntityTypeCatalog types;
  private final DurableCommandGateway gateway;
  private final BoundedSnapshotter snapshotter;

  private Node(DataSource owner, int waitersMax) throws SQLException {
    pool = new HikariDataSource(pool(owner));
    reads = new CountingDataSource(pool);
    groupCommit = GroupCommit.start(owner, GroupCommitSettings.DEFAULT, Clock.systemUTC());
    seeds = new NumberSeeds(pool);
    var numbers = new NumberSequences(pool, LOCK_TIMEOUT, waitersMax);
    types = new EntityTypeCatalog(pool);
    var recordLog = new RecordLog(reads.dataSource());
    var events =
        EmbeddedEventStore.builder()
            .storageEngine(
                new LogStorageEngine(
                    recordLog, reads.dataSource(), new ExampleSnapshotFormat(), absent))
            .build();
    snapshotter =
        new BoundedSnapshotter(events, new GenericAggregateFactory<>(RecordAggregate.class));
    var lock = new FairKeyedLock(LOCK_TIMEOUT, waitersMax);
    var bus = SimpleCommandBus.builder().build();
    var records =
        new RecordCommandHandler(
            EventSourcingRepository.builder(RecordAggregate.class)
                .eventStore(events)
                .lockFactory(lock)
                .cache(new BoundedCache(10_000))
                .snapshotTriggerDefinition(
                    new EventCountSnapshotTriggerDefinition(snapshotter, SNAPSHOT_EVENTS))
                .build(),
            types::definition,
            (record, after, upTo) ->
                recordLog
                    .between(record, after, upTo)
                    .map(e ->
                        new PastEvent(
                            e.version(),
                            e.origin().actor(),
                            e.committedOn(),
                            (RecordEvent) e.event())),
            new ClaimsOfNode(reads.dataSource(), events),
            (_, _) -> new Referrers.Found(0, List.of()),
            new AutoNumbers(numbers::take, Clock.systemUTC(), new Random()));
    var definitions =
        EventSourcingRepository.builder(EntityTypeAggregate.class)
            .eventStore(events)
            .lockFactory(lock)
            .build();
    var sets =
        EventSourcingRepository.builder(OptionSetAggregate.class)
            .eventStore(events)
            .lockFactory(lock)
            .build();
    var typeHandler =
        new EntityTypeCommandHandler(
            definitions,
            sets,
            new ClaimsOfNode(reads.dataSource(), events),
            recordsOfType(pool),
            types::definitions);
    var setHandler = new OptionSetCommandHandler(sets, definitions, types::optionSets);
    var keys =
        new KeyCommandHandler(
            types::definition, recordsHeld(pool), new ClaimsOfNode(reads.dataSource(), events));
    for (Object handler : List.of(records, typeHandler, setHandler, keys)) {
      new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus);
    }
    gateway = new DurableCommandGateway(bus, groupCommit, types);
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

  /// Looks through the records of keys that are pending.
  void activateKeys() {
    refresh();
    new KeyActivation(types, pool, gateway, LogWriter.ADA).run();
  }

  /// What the log says by now.
  EntityType type(String name) {
    refresh();
    return types.find(name).orElseThrow();
  }

  private static RecordsOfType recordsOfType(DataSource reads) {
    var records = new RecordsThere(reads);
    return entityType -> {
      var found = records.any(entityType);
      return new RecordsOfType.Found(found.position(), found.record(), found.version());
    };
  }

  static Node start(LogDatabase database) throws SQLException {
    return start(database.owner());
  }

  static Node start(DataSource owner) throws SQLException {
    return new Node(owner, 10_000);
  }

  static Node start(LogDatabase database, int waitersMax) throws SQLException {
    return new Node(database.owner(), waitersMax);
  }

  private static HikariConfig pool(DataSource owner) {
    var config = new HikariConfig();
    config.setDataSource(owner);
    config.setMaximumPoolSize(6);
    config.setMinimumIdle(1);
    config.setInitializationFailTimeout(-1);
    return config;
  }

  void define(EntityType type) {
    send(new DefineEntityType(type));
    refresh();
  }

  void refresh() {
    types.refresh();
  }

  CommandResult send(Command command) {
    return gateway.send(
        command, new CommandHeader(UUID.randomUUID().toString(), false, null, LogWriter.ADA));
  }

  /// Sends a command its sender may repeat.
  CommandResult send(String commandId, Command command) {
    return gateway.send(command, new CommandHeader(commandId, true, null, LogWriter.ADA));
  }

  List<ExecuteMultiple.Response> send(String commandId, ExecuteMultiple commands) {
    return gateway.send(commands, new CommandHeader(commandId, true, null, LogWriter.ADA));
  }

  /// The refusal of a command.
  Refusal refusal(Command command) {
    return refusal(() -> send(command));
  }

  Refusal refusal(String commandId, Command command) {
    return refusal(() -> send(commandId, command));
  }

  private static Refusal refusal(Supplier<CommandResult> sent) {
    try {
      throw new AssertionError("accepted: " + sent.get());
    } catch (RefusedException refused) {
      return refused.refusal();
    }
  }

  @Override
  public void close() {
    groupCommit.close();
    snapshotter.close();
    pool.close();
  }
}
