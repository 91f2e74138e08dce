package io.rowstream.command.domain;

import io.rowstream.language.RecordRef;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.Decided;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.Revision;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.KnownDefinitions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/// Takes definitions to the entity types they mean.
public final class EntityTypeCommandHandler {
  private final Repository<EntityTypeAggregate> definitions;
  private final Repository<OptionSetAggregate> sets;
  private final DefinedNames names;
  private final Removable removable;
  private final Supplier<KnownDefinitions> known;

  /// @param known the entity types there are, as far as is known here
  public EntityTypeCommandHandler(
      Repository<EntityTypeAggregate> definitions,
      Repository<OptionSetAggregate> sets,
      Claims claims,
      RecordsOfType records,
      Supplier<KnownDefinitions> known) {
    this.definitions = definitions;
    this.sets = sets;
    this.names = new DefinedNames(claims);
    this.removable = new Removable(records);
    this.known = known;
  }

  @CommandHandler
  Decided handle(DefineEntityType command) throws Exception {
    String name = command.type().name();
    var joined = JoinedOptionSets.of(sets, name, command.type().attributes().values());
    EntityType wanted = joined.in(command.type());
    RecordResult result = on(name, definition -> definition.define(wanted));
    return new Decided(List.of(result), joined.restsOn(), Map.of());
  }

  @CommandHandler
  Decided handle(ReviseEntityType command) throws Exception {
    KnownDefinitions now = known.get();
    String name = command.entityType();
    var joined = JoinedOptionSets.of(sets, name, command.revision());
    var wanted = new ReviseEntityType(name, joined.in(command.revision()), command.expected());
    RecordResult result = on(name, definition -> definition.revise(wanted));
    if (command.revision() instanceof Revision.Remove) {
      var removal = removable.require(name, now);
      names.release(name, on(name, EntityTypeAggregate::namesEver));
      return new Decided(List.of(result), Map.of(), Map.of(), removal);
    }
    var restsOn = new HashMap<>(joined.restsOn());
    restsOn.putAll(names.take(command, now));
    return new Decided(List.of(result), restsOn, Map.of());
  }

  private <T> T on(String name, Function<EntityTypeAggregate, T> question) throws Exception {
    RecordRef stream = EntityType.stream(name);
    var answer = new AtomicReference<T>();
    definitions
        .loadOrCreate(stream.toString(), () -> new EntityTypeAggregate(stream))
        .execute(definition -> answer.set(question.apply(definition)));
    return answer.get();
  }
}
