package io.rowstream.command.domain;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.rowstream.command.domain.RecordEvents.PastEvent;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RemoveReference;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;

/// One record: decides what a command does to it, and is what its events have made it.
public class RecordAggregate {
  @AggregateIdentifier private String reference;
  private RecordState state = RecordState.ABSENT;
  private long version = RowVersion.NONE;

  /// For Axon, which fills it from the first event.
  @SuppressWarnings("NullAway.Init")
  RecordAggregate() {}

  /// A record without events.
  RecordAggregate(RecordRef record) {
    this.reference = record.toString();
  }

  /// A record as a snapshot knew it.
  public RecordAggregate(RecordRef record, RecordState state, long version) {
    this.reference = record.toString();
    this.state = state;
    this.version = version;
  }

  RecordResult create(CreateRecord command, EntityType type, AutoNumbers numbers) {
    if (state.exists()) {
      throw refused(new Refusal.DuplicateRecord(record()));
    }
    AttributeRules.check(type, command.values());
    var values = new HashMap<>(command.values());
    values.values().removeIf(Value::isEmpty);
    numbers.fill(type, values);
    apply(new RecordCreated(values));
    return result(true);
  }

  RecordResult update(UpdateRecord command, EntityType type, RecordEvents events) {
    requireExists(events);
    AttributeRules.check(type, command.values());
    Map<String, Change> changes = state.changesTo(command.values());
    Clearance clearance =
        new VersionCheck(record(), type, version, command.values(), changes.keySet(), events)
            .check(command.expected());
    if (!changes.isEmpty()) {
      apply(
          new RecordUpdated(
              changes, clearance.merged(), clearance.forced(), clearance.overwrote()));
    }
    return result(false);
  }

  RecordResult removeReference(RemoveReference command, EntityType type, RecordEvents events) {
    boolean refers = state.value(command.lookup()).equals(new Value.Lookup(command.target()));
    Map<String, Value> cleared = refers ? Map.of(command.lookup(), Value.empty()) : Map.of();
    return update(new UpdateRecord(record(), cleared, command.expected()), type, events);
  }

  RecordResult delete(DeleteRecord command, EntityType type, RecordEvents events) {
    requireExists(events);
    Clearance clearance =
        new VersionCheck(record(), type, version, Map.of(), state.values().keySet(), events)
            .check(command.expected());
    apply(new RecordDeleted(state.values(), clearance.forced(), clearance.overwrote()));
    return result(false);
  }

  /// Goes with the record it belonged to, whatever its version.
  void end() {
    apply(new RecordDeleted(state.values(), false, Set.of()));
  }

  /// Loses a reference to a record that is deleted, whatever its version.
  void forget(String lookup) {
    apply(
        new RecordUpdated(state.changesTo(Map.of(lookup, Value.empty())), false, false, Set.of()));
  }

  RecordResult restore(RestoreRecord command, EntityType type, RecordEvents events) {
    if (version == RowVersion.NONE) {
      throw refused(new Refusal.RecordNotFound(record()));
    }
    RecordState wanted = at(command.as().number(), events);
    if (!wanted.exists()) {
      throw refused(
          new Refusal.InvalidValue(
              type.name(), type.primaryId(), "there was no record at version " + command.as()));
    }
    Map<String, Change> changes = state.changesTo(wanted);
    boolean existed = state.exists();
    Clearance clearance =
        new VersionCheck(record(), type, version, Map.of(), changes.keySet(), events)
            .check(command.expected());
    if (!changes.isEmpty() || !existed) {
      apply(
          new RecordRestored(
              changes, command.as().number(), clearance.forced(), clearance.overwrote()));
    }
    return result(!existed);
  }

  private RecordState at(long wanted, RecordEvents events) {
    if (wanted > version) {
      return RecordState.ABSENT;
    }
    try (var past = events.between(record(), RowVersion.NONE, wanted)) {
      return past.map(PastEvent::event)
          .reduce(RecordState.ABSENT, RecordState::after, (_, later) -> later);
    }
  }

  private void requireExists(RecordEvents events) {
    if (state.exists()) {
      return;
    }
    if (version == RowVersion.NONE) {
      throw refused(new Refusal.RecordNotFound(record()));
    }
    try (var past = events.between(record(), version - 1, version)) {
      Optional<PastEvent> end = past.findFirst();
      throw refused(
          end.<Refusal>map(
                  event -> new Refusal.RecordIsDeleted(record(), version, event.by(), event.on()))
              .orElseGet(() -> new Refusal.RecordNotFound(record())));
    }
  }

  private RecordResult result(boolean created) {
    return new RecordResult(record(), version, created);
  }

  private RefusedException refused(Refusal refusal) {
    return new RefusedException(refusal, Map.of(record(), version));
  }

  boolean exists() {
    return state.exists();
  }

  RecordRef record() {
    return RecordRef.parse(reference);
  }

  public RecordState state() {
    return state;
  }

  public long version() {
    return version;
  }

  @EventSourcingHandler
  void on(RecordEvent event, DomainEventMessage<?> message) {
    reference = message.getAggregateIdentifier();
    version = message.getSequenceNumber();
    state = state.after(event);
  }
}
