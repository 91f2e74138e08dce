package io.rowstream.command.domain;

import io.rowstream.command.domain.Constraints.Violation;
import io.rowstream.command.domain.DeletionPlan.Tie;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.Decided;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.ByAlternateKey;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RemoveReference;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.entity.Definition;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/// What one command, or all members of a change set, make of the records they mean.
final class RecordWork {
  private final Repository<RecordAggregate> records;
  private final EntityTypes types;
  private final RecordEvents events;
  private final Claims claims;
  private final Referrers referrers;
  private final AutoNumbers numbers;
  private final Map<RecordRef, Long> alone = new HashMap<>();
  private final Map<RecordRef, Touched> touched = new LinkedHashMap<>();
  private final Map<RecordRef, Long> restsOn = new HashMap<>();

  /// As they were when they were first asked for: all of a command is judged by the same ones.
  private final Map<String, Definition> definitions = new HashMap<>();

  private DeletionPlan plan;

  RecordWork(
      Repository<RecordAggregate> records,
      EntityTypes types,
      RecordEvents events,
      Claims claims,
      Referrers referrers,
      AutoNumbers numbers) {
    this.records = records;
    this.types = types;
    this.events = events;
    this.claims = claims;
    this.referrers = referrers;
    this.numbers = numbers;
    this.plan = new DeletionPlan(this::definition, referrers, List.of());
  }

  /// The command on the record that is meant now.
  RecordCommand meant(RecordCommand command) {
    if (!(command instanceof ByAlternateKey(String name, var values, RecordCommand wanted))) {
      return command;
    }
    EntityType type = type(command.record());
    var key = new KeyedRecord(type, name, values);
    var standing = claims.standing(List.of(key.claim())).get(key.claim());
    restsOn.put(key.claim(), standing == null ? -1 : standing.version());
    return standing == null || standing.holder() == null
        ? key.created(wanted)
        : KeyedRecord.on(standing.holder(), wanted);
  }

  /// Locks the records of the commands, and those that may be changed or deleted with them, in one
  /// order for all commands, so that no two can wait for each other.
  ///
  /// @return the versions they are at
  Map<RecordRef, Long> lock(Collection<RecordCommand> commands) {
    plan = new DeletionPlan(this::definition, referrers, commands);
    var wanted = new TreeSet<>(plan.related());
    commands.forEach(command -> wanted.add(command.record()));
    var versions = new HashMap<RecordRef, Long>();
    wanted.forEach(ref -> versions.put(ref, ask(load(ref), RecordAggregate::version)));
    return versions;
  }

  /// @param member its number in the change set
  RecordResult decide(RecordCommand command, int member) {
    EntityType type = type(command.record());
    RecordResult result = touch(command.record(), member, record -> decide(command, record, type));
    if (command instanceof DeleteRecord) {
      loosen(command.record(), member);
    }
    return result;
  }

  private <T> T touch(RecordRef ref, int member, Function<RecordAggregate, T> change) {
    EntityType type = type(ref);
    return ask(
        load(ref),
        record -> {
          RecordState before = record.state();
          long version = record.version();
          T result = change.apply(record);
          touched.compute(
              ref,
              (_, earlier) ->
                  new Touched(ref, type, version, before, record.state(), member).since(earlier));
          return result;
        });
  }

  /// Does with those that refer to a deleted record what their relationships say.
  private void loosen(RecordRef ended, int member) {
    alone.put(ended, plan.seenAt(ended));
    for (Tie tie : plan.ties(ended)) {
      if (!refers(tie, ended)) {
        continue;
      }
      switch (tie.onDelete()) {
        case RESTRICT ->
            throw new RefusedException(
                new Refusal.StillReferenced(ended, tie.record(), tie.lookup()),
                Map.of(tie.record(), ask(load(tie.record()), RecordAggregate::version)));
        case REMOVE_LINK ->
            touch(
                tie.record(),
                member,
                record -> {
                  record.forget(tie.lookup());
                  return tie;
                });
        case CASCADE -> {
          touch(
              tie.record(),
              member,
              record -> {
                record.end();
                return tie;
              });
          loosen(tie.record(), member);
        }
      }
    }
  }

  private boolean refers(Tie tie, RecordRef target) {
    return ask(
        load(tie.record()),
        record -> record.state().value(tie.lookup()).equals(new Value.Lookup(target)));
  }

  private RecordResult decide(RecordCommand command, RecordAggregate record, EntityType type) {
    return switch (command) {
      case CreateRecord create -> record.create(create, type, numbers);
      case UpdateRecord update -> record.update(update, type, events);
      case RemoveReference remove -> record.removeReference(remove, type, events);
      case DeleteRecord delete -> record.delete(delete, type, events);
      case RestoreRecord restore -> record.restore(restore, type, events);
      case UpsertRecord(var ref, var values, var expected) ->
          record.exists() || expected.version() != null
              ? record.update(new UpdateRecord(ref, values, expected), type, events)
              : record.create(new CreateRecord(ref, values), type, numbers);
      case ByAlternateKey _ -> throw new IllegalArgumentException("not looked up: " + command);
    };
  }

  /// @throws Violation if something does not hold beyond the records
  Decided settle(List<RecordResult> results) {
    restsOn.putAll(new Constraints(touched).settle(claims));
    return new Decided(results, restsOn, alone);
  }

  /// The streams a refusal rests on, those of definitions and of keys commands were given included.
  Map<RecordRef, Long> restsOn(Map<RecordRef, Long> decidedOn) {
    var all = new HashMap<>(restsOn);
    all.putAll(decidedOn);
    return all;
  }

  private EntityType type(RecordRef record) {
    EntityType type = definition(record.entityType()).type();
    if (type == null) {
      throw new RefusedException(new Refusal.EntityTypeNotFound(record.entityType()));
    }
    return type;
  }

  private Definition definition(String name) {
    return definitions.computeIfAbsent(
        name,
        _ -> {
          Definition known = types.find(name);
          restsOn.put(known.stream(), known.version());
          return known;
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
    return Objects.requireNonNull(answer.get());
  }
}
