package io.rowstream.command.domain;

import io.rowstream.language.RecordRef;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.Decided;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.entity.EntityType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/// Takes definitions to the entity types they mean.
public final class EntityTypeCommandHandler {
  private final Repository<EntityTypeAggregate> definitions;

  public EntityTypeCommandHandler(Repository<EntityTypeAggregate> definitions) {
    this.definitions = definitions;
  }

  @CommandHandler
  Decided handle(DefineEntityType command) throws Exception {
    RecordRef stream = EntityType.stream(command.type().name());
    var answer = new AtomicReference<RecordResult>();
    definitions
        .loadOrCreate(stream.toString(), () -> new EntityTypeAggregate(stream))
        .execute(definition -> answer.set(definition.define(command.type())));
    return new Decided(List.of(answer.get()), Map.of(), Map.of());
  }
}
