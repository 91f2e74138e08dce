package io.rowstream.command.domain;

import io.rowstream.language.RecordRef;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.Decided;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.entity.EntityType;
import java.util.Collection;
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

  /// @param known the entity types there are, as far as is known here
  public EntityTypeCommandHandler(
      Repository<EntityTypeAggregate> definitions,
      Repository<OptionSetAggregate> sets,
      Claims claims,
      Supplier<Collection<EntityType>> known) {
    this.definitions = definitions;
    this.sets = sets;
    this.names = new DefinedNames(claims, known);
  }

  @CommandHandler
  Decided handle(DefineEntityType command) throws Exception {
    String name = command.type().name();
    var joined = JoinedOptionSets.of(sets, name, command.type().attributes().values());
    EntityType wanted = joined.in(command.type());
    return decided(EntityType.stream(name), joined, definition -> definition.define(wanted));
  }

  @CommandHandler
  Decided handle(ReviseEntityType command) throws Exception {
    String name = command.entityType();
    var joined = JoinedOptionSets.of(sets, name, command.revision());
    var wanted = new ReviseEntityType(name, joined.in(command.revision()), command.expected());
    Decided decided =
        decided(EntityType.stream(name), joined, definition -> definition.revise(wanted));
    names.take(command);
    return decided;
  }

  private Decided decided(
      RecordRef stream,
      JoinedOptionSets joined,
      Function<EntityTypeAggregate, RecordResult> decision)
      throws Exception {
    var answer = new AtomicReference<RecordResult>();
    definitions
        .loadOrCreate(stream.toString(), () -> new EntityTypeAggregate(stream))
        .execute(definition -> answer.set(decision.apply(definition)));
    return new Decided(List.of(answer.get()), joined.restsOn(), Map.of());
  }
}
