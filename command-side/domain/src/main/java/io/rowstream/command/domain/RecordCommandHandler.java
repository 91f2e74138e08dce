package io.rowstream.command.domain;

import io.rowstream.command.domain.Constraints.Violation;
import io.rowstream.language.RecordRef;
import io.rowstream.language.command.ChangeSet;
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
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/// Takes commands to the records they mean.
public final class RecordCommandHandler {
  private final Function<AutoNumbers, RecordWork> newWork;
  private final AutoNumbers numbers;

  public RecordCommandHandler(
      Repository<RecordAggregate> records,
      EntityTypes types,
      RecordEvents events,
      Claims claims,
      Referrers referrers,
      AutoNumbers numbers) {
    newWork = given -> new RecordWork(records, types, events, claims, referrers, given);
    this.numbers = numbers;
  }

  @CommandHandler
  Decided handle(CreateRecord command) {
    return one(command);
  }

  @CommandHandler
  Decided handle(UpdateRecord command) {
    return one(command);
  }

  @CommandHandler
  Decided handle(UpsertRecord command) {
    return one(command);
  }

  @CommandHandler
  Decided handle(RemoveReference command) {
    return one(command);
  }

  @CommandHandler
  Decided handle(DeleteRecord command) {
    return one(command);
  }

  @CommandHandler
  Decided handle(RestoreRecord command) {
    return one(command);
  }

  @CommandHandler
  Decided handle(ByAlternateKey command) {
    return one(command);
  }

  private Decided one(RecordCommand command) {
    var work = newWork.apply(numbers);
    try {
      RecordCommand meant = work.meant(command);
      if (meant instanceof DeleteRecord) {
        work.lock(List.of(meant));
      }
      return work.settle(List.of(work.decide(meant, 0)));
    } catch (RefusedException e) {
      throw new RefusedException(e.refusal(), work.restsOn(e.decidedOn()));
    } catch (Violation e) {
      throw new RefusedException(
          e.refusal(), work.restsOn(Map.of(e.by().record(), e.by().version())));
    }
  }

  /// Locks every record of the change set first, in one order for all change sets, so that no two
  /// can wait for each other.
  @CommandHandler
  Decided handle(ChangeSet changeSet) {
    var work = newWork.apply(numbers.ofChangeSet(changeSet.members()));
    var before = new HashMap<RecordRef, Long>();
    var members = new ArrayList<RecordCommand>();
    var results = new ArrayList<RecordResult>();
    try {
      changeSet.members().forEach(member -> members.add(work.meant(member)));
      before.putAll(work.lock(members));
      members.forEach(member -> results.add(work.decide(member, results.size())));
      return work.settle(results);
    } catch (RefusedException e) {
      int member = results.isEmpty() && before.isEmpty() ? members.size() : results.size();
      throw refused(member, e.refusal(), work.restsOn(inTheLog(e.decidedOn(), before)));
    } catch (Violation e) {
      throw refused(
          e.by().member(), e.refusal(), work.restsOn(Map.of(e.by().record(), e.by().version())));
    }
  }

  private static RefusedException refused(
      int member, Refusal refusal, Map<RecordRef, Long> restsOn) {
    return new RefusedException(new Refusal.MemberRefused(member, refusal), restsOn);
  }

  /// What earlier members have made of a record is not in the log yet.
  private static Map<RecordRef, Long> inTheLog(
      Map<RecordRef, Long> decidedOn, Map<RecordRef, Long> before) {
    var versions = new HashMap<>(before);
    versions.keySet().retainAll(decidedOn.keySet());
    return versions;
  }
}
