package io.rowstream.command.domain;

import io.rowstream.language.RecordRef;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/// Takes commands to the records they mean.
public final class RecordCommandHandler {
  private final Repository<RecordAggregate> records;
  private final EntityTypes types;
  private final RecordEvents events;
  private final AutoNumbers numbers;

  public RecordCommandHandler(
      Repository<RecordAggregate> records,
      EntityTypes types,
      RecordEvents events,
      AutoNumbers numbers) {
    this.records = records;
    this.types = types;
    this.events = events;
    this.numbers = numbers;
  }

  @CommandHandler
  List<RecordResult> handle(CreateRecord command) {
    return List.of(decide(command));
  }

  @CommandHandler
  List<RecordResult> handle(UpdateRecord command) {
    return List.of(decide(command));
  }

  @CommandHandler
  List<RecordResult> handle(UpsertRecord command) {
    return List.of(decide(command));
  }

  @CommandHandler
  List<RecordResult> handle(DeleteRecord command) {
    return List.of(decide(command));
  }

  @CommandHandler
  List<RecordResult> handle(RestoreRecord command) {
    return List.of(decide(command));
  }

  /// Locks every record of the change set first, in one order for all change sets, so that no two
  /// can wait for each other.
  @CommandHandler
  List<RecordResult> handle(ChangeSet changeSet) {
    var locked = new TreeSet<RecordRef>();
    changeSet.members().forEach(member -> locked.add(member.record()));
    var before = new HashMap<RecordRef, Long>();
    locked.forEach(record -> before.put(record, ask(load(record), RecordAggregate::version)));
    var results = new ArrayList<RecordResult>();
    AutoNumbers ofAll = numbers.ofChangeSet(changeSet.members());
    for (RecordCommand member : changeSet.members()) {
      try {
        results.add(decide(member, ofAll));
      } catch (RefusedException e) {
        throw new RefusedException(
            new Refusal.MemberRefused(results.size(), e.refusal()),
            inTheLog(e.decidedOn(), before));
      }
    }
    return results;
  }

  /// What earlier members have made of a record is not in the log yet.
  private static Map<RecordRef, Long> inTheLog(
      Map<RecordRef, Long> decidedOn, Map<RecordRef, Long> before) {
    var versions = new HashMap<>(before);
    versions.keySet().retainAll(decidedOn.keySet());
    return versions;
  }

  private RecordResult decide(RecordCommand command) {
    return decide(command, numbers);
  }

  private RecordResult decide(RecordCommand command, AutoNumbers given) {
    String typeName = command.record().entityType();
    EntityType type =
        types
            .find(typeName)
            .orElseThrow(() -> new RefusedException(new Refusal.EntityTypeNotFound(typeName)));
    return ask(
        load(command.record()),
        record ->
            switch (command) {
              case CreateRecord create -> record.create(create, type, given);
              case UpdateRecord update -> record.update(update, type, events);
              case DeleteRecord delete -> record.delete(delete, type, events);
              case RestoreRecord restore -> record.restore(restore, type, events);
              case UpsertRecord(var ref, var values, var expected) ->
                  record.exists() || expected.version() != null
                      ? record.update(new UpdateRecord(ref, values, expected), type, events)
                      : record.create(new CreateRecord(ref, values), type, given);
            });
  }

  private Aggregate<RecordAggregate> load(RecordRef record) {
    try {
      return records.loadOrCreate(record.toString(), () -> new RecordAggregate(record));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a record without events is made without failing", e);
    }
  }

  private static <T> T ask(
      Aggregate<RecordAggregate> record, Function<RecordAggregate, T> question) {
    var answer = new AtomicReference<T>();
    record.execute(root -> answer.set(question.apply(root)));
    return answer.get();
  }
}
