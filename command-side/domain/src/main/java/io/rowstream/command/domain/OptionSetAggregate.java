package io.rowstream.command.domain;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.OptionSetRevision;
import io.rowstream.language.command.OptionSetRevision.Change;
import io.rowstream.language.command.OptionSetRevision.Create;
import io.rowstream.language.command.OptionSetRevision.Remove;
import io.rowstream.language.command.ReviseOptionSet;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.event.OptionSetEvent.OptionSetDefined;
import io.rowstream.language.event.OptionSetEvent.OptionSetRemoved;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.Refusal.OfOptionSet.Exists;
import io.rowstream.language.refusal.Refusal.OfOptionSet.Invalid;
import io.rowstream.language.refusal.Refusal.OfOptionSet.NotThere;
import io.rowstream.language.refusal.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/// One global option set: decides how it may change, and knows who shares its options.
public class OptionSetAggregate {
  @AggregateIdentifier private String reference;
  private @Nullable OptionSet set;
  private Set<String> usedBy = Set.of();
  private long version = RowVersion.NONE;

  /// For Axon, which fills it from the first event.
  @SuppressWarnings("NullAway.Init")
  OptionSetAggregate() {}

  OptionSetAggregate(RecordRef stream) {
    this.reference = stream.toString();
  }

  /// What a command is going to make of a set.
  ///
  /// @param set null if it is to go
  /// @param usedBy the entity types it concerns
  record Wanted(@Nullable OptionSet set, Set<String> usedBy) {}

  /// @throws RefusedException if it cannot become so
  Wanted wanted(ReviseOptionSet command) {
    OptionSet now = set;
    boolean creates = command.revision() instanceof Create;
    if (creates && now != null) {
      throw refused(new Exists(now.name()));
    }
    if (!creates && now == null) {
      throw refused(new NotThere(command.name()));
    }
    RowVersion expected = command.expected();
    if (expected != null && expected.number() != version) {
      throw refused(
          new Refusal.VersionMismatch(stream(), expected.number(), version, false, List.of()));
    }
    try {
      OptionSet wanted = revised(now, command.revision());
      if (wanted != null) {
        DefinitionBounds.require(wanted);
        DefinitionBounds.requireShareable(wanted, usedBy.size());
      }
      return new Wanted(wanted, usedBy);
    } catch (IllegalArgumentException e) {
      throw refused(new Invalid(command.name(), String.valueOf(e.getMessage())));
    }
  }

  private static @Nullable OptionSet revised(@Nullable OptionSet now, OptionSetRevision revision) {
    return switch (revision) {
      case Create(OptionSet created) -> created;
      case Change(var displayName, var options) -> {
        OptionSet before = Objects.requireNonNull(now);
        yield new OptionSet(
            before.name(),
            Objects.requireNonNullElse(displayName, before.displayName()),
            options == null ? before.options() : options.of(before.options()));
      }
      case Remove _ -> null;
    };
  }

  /// @param users who shares its options
  RecordResult become(@Nullable OptionSet wanted, Set<String> users) {
    OptionSet now = set;
    if (wanted == null && now != null) {
      apply(new OptionSetRemoved(now.name()));
    } else if (wanted != null && !(wanted.equals(now) && users.equals(usedBy))) {
      apply(new OptionSetDefined(wanted, users));
    }
    return new RecordResult(stream(), version, now == null);
  }

  /// The set, whose options an entity type shares from now on.
  ///
  /// @throws RefusedException if there is none, or it has users enough
  OptionSet join(String name, String entityType) {
    OptionSet now = set;
    if (now == null) {
      throw refused(new NotThere(name));
    }
    if (!usedBy.contains(entityType)) {
      var more = new TreeSet<>(usedBy);
      more.add(entityType);
      try {
        DefinitionBounds.requireShareable(now, more.size());
      } catch (IllegalArgumentException e) {
        throw refused(new Invalid(name, String.valueOf(e.getMessage())));
      }
      apply(new OptionSetDefined(now, more));
    }
    return now;
  }

  long version() {
    return version;
  }

  private RefusedException refused(Refusal refusal) {
    return new RefusedException(refusal, Map.of(stream(), version));
  }

  private RecordRef stream() {
    return RecordRef.parse(reference);
  }

  @EventSourcingHandler
  void on(OptionSetDefined event, DomainEventMessage<?> message) {
    follow(message);
    set = event.set();
    usedBy = event.usedBy();
  }

  @EventSourcingHandler
  void on(OptionSetRemoved event, DomainEventMessage<?> message) {
    follow(message);
    set = null;
    usedBy = Set.of();
  }

  private void follow(DomainEventMessage<?> message) {
    reference = message.getAggregateIdentifier();
    version = message.getSequenceNumber();
  }
}
