package io.rowstream.command.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.command.domain.RecordEvents.PastEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.Decided;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.entity.Definition;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.KnownDefinitions;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.event.ClaimEvent;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.Nullable;

/// Given what has happened, when a command comes, then this happens: the rules on a log in memory.
final class Scenario {
  /// Who has done everything that is given.
  static final UUID BEA = UUID.fromString("22222222-2222-4222-8222-222222222222");

  /// When everything that is created is created.
  static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  /// The version of every definition.
  static final long DEFINED = 7;

  private final InMemoryEventStorageEngine log = new InMemoryEventStorageEngine();
  private final Map<String, EntityType> types = new HashMap<>();
  private final Map<String, OptionSet> optionSets = new HashMap<>();
  private final Map<RecordRef, Long> versions = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private int numberTakings;
  private final List<String> locked = new ArrayList<>();
  private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
  private final RecordRef record;

  /// @param record the one that is meant where no other is named
  Scenario(RecordRef record, EntityType... types) {
    this.record = record;
    for (EntityType type : types) {
      this.types.put(type.name(), type);
    }
    EventStore events = EmbeddedEventStore.builder().storageEngine(log).build();
    LockFactory locks =
        key -> {
          locked.add(key);
          return NullLockFactory.INSTANCE.obtainLock(key);
        };
    var records =
        EventSourcingRepository.builder(RecordAggregate.class)
            .eventStore(events)
            .lockFactory(locks)
            .build();
    var definitions =
        EventSourcingRepository.builder(EntityTypeAggregate.class)
            .eventStore(events)
            .lockFactory(locks)
            .build();
    var sets =
        EventSourcingRepository.builder(OptionSetAggregate.class)
            .eventStore(events)
            .lockFactory(locks)
            .build();
    for (Object handler :
        List.of(
            new RecordCommandHandler(
                records,
                this::definition,
                this::past,
                new Claimed(events),
                this::referrers,
                new AutoNumbers(this::takeNumbers, () -> START, new Random(1))),
            new EntityTypeCommandHandler(
                definitions, sets, new Claimed(events), this::recordsOf, this::known),
            new OptionSetCommandHandler(sets, definitions, optionSets::values))) {
      new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus);
    }
  }

  private Definition definition(String name) {
    return known().of(name);
  }

  private KnownDefinitions known() {
    var definitions = new HashMap<String, Definition>();
    types.forEach((name, type) -> definitions.put(name, new Definition(name, DEFINED, type)));
    return new KnownDefinitions(DEFINED, definitions);
  }

  private RecordsOfType.Found recordsOf(String entityType) {
    var there = new LinkedHashMap<RecordRef, Long>();
    log.readEvents(null, false)
        .map(e -> (DomainEventMessage<?>) e)
        .filter(e -> RecordRef.parse(e.getAggregateIdentifier()).entityType().equals(entityType))
        .forEach(e -> {
          var ref = RecordRef.parse(e.getAggregateIdentifier());
          if (e.getPayload() instanceof RecordEvent.RecordDeleted) {
            there.remove(ref);
          } else {
            there.put(ref, e.getSequenceNumber());
          }
        });
    long position = log.readEvents(null, false).count();
    return there.entrySet().stream()
        .findFirst()
        .map(each -> new RecordsOfType.Found(position, each.getKey(), each.getValue()))
        .orElse(new RecordsOfType.Found(position, null, 0));
  }

  /// When the event at `version` of a record was committed.
  static Instant timeOf(long version) {
    return START.plusSeconds(version);
  }

  /// Global option sets that are known to be there.
  Scenario knowing(OptionSet... sets) {
    for (OptionSet set : sets) {
      optionSets.put(set.name(), set);
    }
    return this;
  }

  Scenario given(LogEvent... happened) {
    return given(record, happened);
  }

  Scenario given(RecordRef other, LogEvent... happened) {
    for (LogEvent event : happened) {
      long version = versions.merge(other, 0L, (last, _) -> last + 1);
      log.appendEvents(
          new GenericDomainEventMessage<>(other.entityType(), other.toString(), version, event));
    }
    return this;
  }

  /// Sends the command; nothing of what it does is given to the next.
  Then when(Command command) {
    var before = log.readEvents(null, false).count();
    locked.clear();
    var answer = new AtomicReference<CommandResultMessage<?>>();
    CommandMessage<Command> message = new GenericCommandMessage<>(command);
    bus.<Command, Object>dispatch(message, (_, result) -> answer.set(result));
    var recorded =
        log.readEvents(null, false).skip(before).map(e -> (DomainEventMessage<?>) e).toList();
    recorded.forEach(
        e -> versions.merge(RecordRef.parse(e.getAggregateIdentifier()), 0L, (v, _) -> v + 1));
    return new Then(answer.get(), recorded);
  }

  /// The first number of an attribute is [AutoNumberFormat#SEED_DEFAULT].
  private long takeNumbers(String entityType, String attribute, int count) {
    numberTakings++;
    long first = AutoNumberFormat.SEED_DEFAULT + count - 1;
    long last = numbers.merge(entityType + "/" + attribute, first, (before, _) -> before + count);
    return last - count + 1;
  }

  /// How often numbers were taken.
  int numberTakings() {
    return numberTakings;
  }

  /// Makes `next` the number of the record created next.
  void numbersFrom(long next, String entityType, String attribute) {
    numbers.put(entityType + "/" + attribute, next - 1);
  }

  /// The last number an attribute has given; null if none.
  @Nullable Long lastNumber(String entityType, String attribute) {
    return numbers.get(entityType + "/" + attribute);
  }

  private Stream<PastEvent> past(RecordRef ref, long after, long upTo) {
    return log.readEvents(ref.toString(), after + 1)
        .asStream()
        .filter(e -> e.getSequenceNumber() <= upTo)
        .map(e ->
            new PastEvent(
                e.getSequenceNumber(),
                BEA,
                timeOf(e.getSequenceNumber()),
                (RecordEvent) e.getPayload()));
  }

  private Referrers.Found referrers(RecordRef target, int limit) {
    var links = new LinkedHashMap<Referrers.Referrer, Value>();
    log.readEvents(null, false)
        .map(e -> (DomainEventMessage<?>) e)
        .forEach(e -> {
          if (e.getPayload() instanceof RecordEvent event) {
            var record = RecordRef.parse(e.getAggregateIdentifier());
            event
                .changes()
                .forEach((name, change) ->
                    links.put(new Referrers.Referrer(record, name), change.after()));
          }
        });
    links.values().removeIf(value -> !value.equals(new Value.Lookup(target)));
    return new Referrers.Found(
        log.readEvents(null, false).count(), links.keySet().stream().limit(limit).toList());
  }

  /// The claims of the log in memory.
  private final class Claimed implements Claims {
    private final EventStore events;

    Claimed(EventStore events) {
      this.events = events;
    }

    @Override
    public Map<RecordRef, Standing> standing(Collection<RecordRef> streams) {
      var standing = new HashMap<RecordRef, Standing>();
      for (RecordRef stream : streams) {
        log.readEvents(stream.toString(), 0)
            .asStream()
            .reduce((_, last) -> last)
            .ifPresent(last ->
                standing.put(
                    stream,
                    new Standing(
                        last.getSequenceNumber(),
                        last.getPayload() instanceof ClaimEvent.Claimed(RecordRef by)
                            ? by
                            : null)));
      }
      return standing;
    }

    @Override
    public void record(RecordRef claim, long version, ClaimEvent event) {
      events.publish(
          new GenericDomainEventMessage<>(claim.entityType(), claim.toString(), version, event));
    }
  }

  /// What became of a command.
  final class Then {
    private final CommandResultMessage<?> answer;
    private final List<? extends DomainEventMessage<?>> recorded;

    Then(CommandResultMessage<?> answer, List<? extends DomainEventMessage<?>> recorded) {
      this.answer = answer;
      this.recorded = recorded;
    }

    /// Accepted, and recorded exactly this, beside claims.
    Then expectEvents(LogEvent... expected) {
      assertThat(refused()).as("refusal").isEmpty();
      assertThat(payloads().filter(event -> !(event instanceof ClaimEvent)))
          .containsExactly((Object[]) expected);
      return this;
    }

    /// Recorded exactly this about claims.
    Then expectClaims(ClaimEvent... expected) {
      assertThat(payloads().filter(event -> event instanceof ClaimEvent))
          .containsExactly((Object[]) expected);
      return this;
    }

    private Stream<Object> payloads() {
      return recorded.stream().map(e -> e.getPayload());
    }

    boolean isAccepted() {
      return refused().isEmpty();
    }

    /// Accepted; what was recorded.
    List<LogEvent> events() {
      assertThat(refused()).as("refusal").isEmpty();
      return recorded.stream().map(e -> (LogEvent) e.getPayload()).toList();
    }

    /// Accepted without anything to record.
    Then expectNothing() {
      return expectEvents();
    }

    Then expectVersion(long version) {
      assertThat(results()).extracting(RecordResult::rowVersion).containsExactly(version);
      return this;
    }

    Then expectCreated(boolean created) {
      assertThat(results()).extracting(RecordResult::created).containsExactly(created);
      return this;
    }

    Then expectResults(RecordResult... expected) {
      assertThat(results()).containsExactly(expected);
      return this;
    }

    /// Refused for exactly this reason; nothing was recorded.
    Then expectRefusal(Refusal expected) {
      assertThat(refusal()).isEqualTo(expected);
      return this;
    }

    /// Refused; nothing was recorded.
    Refusal refusal() {
      assertThat(recorded).as("recorded by a refused command").isEmpty();
      return refused()
          .orElseThrow(() -> new AssertionError("accepted: " + answer.getPayload()))
          .refusal();
    }

    /// The versions the refusal rests on, beside those of definitions.
    Map<RecordRef, Long> decidedOn() {
      return withoutDefinitions(refused().orElseThrow().decidedOn());
    }

    /// The version of an entity type's definition that the decision or the refusal rests on.
    @Nullable Long definedAt(String entityType) {
      RecordRef stream = EntityType.stream(entityType);
      return refused()
          .map(RefusedException::decidedOn)
          .orElseGet(() -> decided().restsOn())
          .get(stream);
    }

    private Map<RecordRef, Long> withoutDefinitions(Map<RecordRef, Long> streams) {
      var others = new HashMap<>(streams);
      types.keySet().forEach(name -> others.remove(EntityType.stream(name)));
      return others;
    }

    /// The records the command locked, in order.
    List<String> locked() {
      return List.copyOf(locked);
    }

    List<RecordResult> results() {
      assertThat(refused()).as("refusal").isEmpty();
      return decided().results();
    }

    /// The versions of other streams the decision rests on, beside those of definitions.
    Map<RecordRef, Long> restsOn() {
      return withoutDefinitions(decided().restsOn());
    }

    private Decided decided() {
      return (Decided) answer.getPayload();
    }

    private Optional<RefusedException> refused() {
      if (!answer.isExceptional()) {
        return Optional.empty();
      }
      if (answer.exceptionResult() instanceof RefusedException refused) {
        return Optional.of(refused);
      }
      throw new AssertionError("failed", answer.exceptionResult());
    }
  }
}
