package io.rowstream.command.domain;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/// One entity type: decides how it may change.
public class EntityTypeAggregate {
  @AggregateIdentifier private String reference;
  private @Nullable EntityType type;
  private long version = RowVersion.NONE;

  /// For Axon, which fills it from the first event.
  @SuppressWarnings("NullAway.Init")
  EntityTypeAggregate() {}

  EntityTypeAggregate(RecordRef stream) {
    this.reference = stream.toString();
  }

  RecordResult define(EntityType wanted) {
    boolean created = type == null;
    if (!wanted.equals(type)) {
      requireCompatible(wanted);
      apply(new EntityTypeDefined(wanted));
    }
    return new RecordResult(RecordRef.parse(reference), version, created);
  }

  /// What is in the log must stay readable: an attribute keeps its kind for ever.
  private void requireCompatible(EntityType wanted) {
    if (type == null) {
      return;
    }
    if (!type.setName().equals(wanted.setName())) {
      throw invalid(wanted, "the set name stays " + type.setName());
    }
    if (!type.keys().equals(wanted.keys())) {
      throw invalid(wanted, "its alternate keys stay as they were first defined");
    }
    for (Attribute known : type.attributes().values()) {
      Attribute changed = wanted.attribute(known.name());
      if (changed == null) {
        throw invalid(wanted, "the attribute " + known.name() + " stays");
      }
      if (!changed.type().getClass().equals(known.type().getClass())) {
        throw invalid(wanted, "the attribute " + known.name() + " keeps its type");
      }
    }
  }

  private RefusedException invalid(EntityType wanted, String reason) {
    return new RefusedException(
        new Refusal.InvalidDefinition(wanted.name(), reason),
        Map.of(RecordRef.parse(reference), version));
  }

  @EventSourcingHandler
  void on(EntityTypeDefined event, DomainEventMessage<?> message) {
    reference = message.getAggregateIdentifier();
    version = message.getSequenceNumber();
    type = event.type();
  }
}
