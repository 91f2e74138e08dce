package io.rowstream.command.domain;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/// One entity type: decides how it may change.
public class EntityTypeAggregate {
  @AggregateIdentifier private String reference;
  private @Nullable EntityType type;
  private long version = RowVersion.NONE;

  /// Of every attribute there has been, as it was last.
  private final Map<String, AttributeType> everHad = new HashMap<>();

  /// Claims on the names it has had, whether they were made or not.
  private final Set<RecordRef> namesEver = new HashSet<>();

  /// For Axon, which fills it from the first event.
  @SuppressWarnings("NullAway.Init")
  EntityTypeAggregate() {}

  EntityTypeAggregate(RecordRef stream) {
    this.reference = stream.toString();
  }

  RecordResult define(EntityType wanted) {
    if (type == null) {
      return become(wanted);
    }
    for (Attribute known : type.attributes().values()) {
      if (wanted.attribute(known.name()) == null) {
        throw invalid(wanted.name(), "the attribute " + known.name() + " stays");
      }
    }
    if (!plainKeys(type).equals(plainKeys(wanted))) {
      throw invalid(wanted.name(), "its alternate keys stay as they are");
    }
    return become(wanted.with(type.keys().toArray(AlternateKey[]::new)));
  }

  /// What its keys are made of, whenever they came.
  private static List<AlternateKey> plainKeys(EntityType of) {
    return of.keys().stream().map(key -> key.since(0, AlternateKey.Status.ACTIVE)).toList();
  }

  RecordResult revise(ReviseEntityType command) {
    String name = command.entityType();
    RowVersion expected = command.expected();
    try {
      EntityType wanted = Revised.of(name, type, version + 1, command.revision());
      if (wanted != null) {
        DefinitionBounds.require(wanted);
      }
      if (expected != null && expected.number() != version) {
        throw refused(
            new Refusal.VersionMismatch(stream(), expected.number(), version, false, List.of()));
      }
      return wanted == null ? remove(name) : become(wanted);
    } catch (IllegalArgumentException e) {
      throw invalid(name, String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      throw refused(e.refusal());
    }
  }

  private RecordResult become(EntityType wanted) {
    boolean created = type == null;
    if (!wanted.equals(type)) {
      requireCompatible(wanted);
      apply(new EntityTypeDefined(created ? withFreshKeys(wanted) : wanted));
    }
    return new RecordResult(stream(), version, created);
  }

  /// Takes the options of a global option set over into the attributes that share them.
  ///
  /// @param now null if the set is to go
  /// @return whether there is such an attribute
  /// @throws RefusedException if the set cannot go because of it, or has too many options for it
  boolean share(String set, @Nullable OptionSet now) {
    EntityType before = type;
    if (before == null) {
      return false;
    }
    for (Attribute attribute : before.attributes().values()) {
      if (isOf(set, attribute.type())) {
        if (now == null) {
          throw refused(new Refusal.OfOptionSet.InUse(set, before.name(), attribute.name()));
        }
        take(before.withTypes(each -> isOf(set, each) ? now.choice() : each));
        return true;
      }
    }
    return false;
  }

  private void take(EntityType wanted) {
    try {
      DefinitionBounds.require(wanted);
    } catch (IllegalArgumentException e) {
      throw invalid(wanted.name(), String.valueOf(e.getMessage()));
    }
    become(wanted);
  }

  private static boolean isOf(String set, AttributeType type) {
    return type instanceof AttributeType.Choice(_, AttributeType.GlobalSet(String name, _))
        && name.equalsIgnoreCase(set);
  }

  long version() {
    return version;
  }

  /// Its keys take no notice of claims under those it had before it went.
  private EntityType withFreshKeys(EntityType wanted) {
    return wanted.with(
        wanted.keys().stream()
            .map(key -> key.since(version + 1, key.status()))
            .toArray(AlternateKey[]::new));
  }

  private RecordResult remove(String name) {
    apply(new EntityTypeRemoved(name));
    return new RecordResult(stream(), version, false);
  }

  /// What is in the log must stay readable: an attribute keeps its kind for ever, also when the
  /// entity type is made again.
  private void requireCompatible(EntityType wanted) {
    if (type != null && !type.setName().equals(wanted.setName())) {
      throw invalid(wanted.name(), "the set name stays " + type.setName());
    }
    for (Attribute attribute : wanted.attributes().values()) {
      AttributeType before = everHad.get(attribute.name());
      if (before != null && !before.getClass().equals(attribute.type().getClass())) {
        throw invalid(wanted.name(), "the attribute " + attribute.name() + " keeps its type");
      }
      boolean isBack = type == null || type.attribute(attribute.name()) == null;
      if (isBack && !refersAsBefore(attribute.type(), before)) {
        throw invalid(
            wanted.name(), "the attribute " + attribute.name() + " refers to what it did before");
      }
    }
  }

  /// What a lookup held when it left is there again when it comes back.
  private static boolean refersAsBefore(AttributeType now, @Nullable AttributeType before) {
    return !(before instanceof AttributeType.Lookup(var then))
        || (now instanceof AttributeType.Lookup(var targets) && targets.containsAll(then));
  }

  Set<RecordRef> namesEver() {
    return namesEver;
  }

  private RefusedException invalid(String name, String reason) {
    return refused(new Refusal.InvalidDefinition(name, reason));
  }

  private RefusedException refused(Refusal refusal) {
    return new RefusedException(refusal, Map.of(stream(), version));
  }

  private RecordRef stream() {
    return RecordRef.parse(reference);
  }

  @EventSourcingHandler
  void on(EntityTypeDefined event, DomainEventMessage<?> message) {
    reference = message.getAggregateIdentifier();
    version = message.getSequenceNumber();
    type = event.type();
    event.type().attributes().forEach((name, attribute) -> everHad.put(name, attribute.type()));
    namesEver.addAll(DefinedNames.claims(event.type()));
  }

  @EventSourcingHandler
  void on(EntityTypeRemoved event, DomainEventMessage<?> message) {
    version = message.getSequenceNumber();
    type = null;
  }
}
