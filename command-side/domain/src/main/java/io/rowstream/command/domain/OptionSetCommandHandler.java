package io.rowstream.command.domain;

import io.rowstream.command.domain.OptionSetAggregate.Wanted;
import io.rowstream.language.RecordRef;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.Decided;
import io.rowstream.language.command.OptionSetRevision.Create;
import io.rowstream.language.command.ReviseOptionSet;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/// Changes a global option set and, by the same command, every entity type that shares its options:
/// each has its options in its own definition, and nobody else has to know of sets.
///
/// The set knows the entity types, because each has joined it before, and is locked before them. A
/// type that joins meanwhile, or an attribute that leaves, moves a version this rests on.
public final class OptionSetCommandHandler {
  private final Repository<OptionSetAggregate> sets;
  private final Repository<EntityTypeAggregate> types;
  private final Supplier<Collection<OptionSet>> known;

  /// @param known the option sets there are, as far as is known here
  public OptionSetCommandHandler(
      Repository<OptionSetAggregate> sets,
      Repository<EntityTypeAggregate> types,
      Supplier<Collection<OptionSet>> known) {
    this.sets = sets;
    this.types = types;
    this.known = known;
  }

  @CommandHandler
  Decided handle(ReviseOptionSet command) throws Exception {
    if (command.revision() instanceof Create) {
      requireRoom(command.name());
    }
    RecordRef stream = OptionSet.stream(command.name());
    var set = sets.loadOrCreate(stream.toString(), () -> new OptionSetAggregate(stream));
    Wanted wanted = set.invoke(aggregate -> aggregate.wanted(command));
    Map<RecordRef, Long> restsOn = new HashMap<>();
    Set<String> users = new TreeSet<>();
    for (String name : new TreeSet<>(wanted.usedBy())) {
      RecordRef type = EntityType.stream(name);
      types
          .load(type.toString())
          .execute(user -> {
            if (user.share(command.name(), wanted.set())) {
              users.add(name);
            }
            restsOn.put(type, user.version());
          });
    }
    RecordResult result = set.invoke(aggregate -> aggregate.become(wanted.set(), users));
    return new Decided(List.of(result), restsOn, Map.of());
  }

  private void requireRoom(String name) {
    if (known.get().size() >= DefinitionBounds.OPTION_SETS_MAX) {
      throw new RefusedException(
          new Refusal.OfOptionSet.Invalid(
              name,
              "there are " + DefinitionBounds.OPTION_SETS_MAX + " global option sets already"));
    }
  }
}
