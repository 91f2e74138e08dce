package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.AppendBatch.Answer;
import io.rowstream.command.eventstore.AppendFailedException.Meaning;
import io.rowstream.command.eventstore.AppendOutcome.Appended;
import io.rowstream.command.eventstore.AppendOutcome.Referred;
import io.rowstream.eventlog.LogDamagedException;
import io.rowstream.eventlog.LogHead;
import io.rowstream.language.RecordRef;
import io.rowstream.language.command.Removal;
import io.rowstream.language.entity.EntityType;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes batches, one at a time, until every append of it has its outcome. Used by the writer
/// thread only.
///
/// A batch whose answer is lost with the connection is written again over the next one: what had
/// been written is found in the log, and the version checks keep it from being written twice.
final class BatchWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

  private final WriterSession session;
  private final Clock clock;
  private final Executor answers;
  private final Runnable committed;
  private final UUID epoch;
  private final KnownHeads heads;

  /// @param knownHeadsMax streams whose version is remembered between batches
  /// @param answers runs what tells the members of a batch that is written
  /// @param committed called after each commit of events
  BatchWriter(
      WriterSession session,
      LogHead head,
      int knownHeadsMax,
      Clock clock,
      Executor answers,
      Runnable committed) {
    this.session = session;
    this.clock = clock;
    this.answers = answers;
    this.committed = committed;
    this.epoch = head.epoch();
    this.heads = new KnownHeads(knownHeadsMax, head.position());
  }

  /// @return those that must wait for the next batch
  List<PendingAppend> write(List<PendingAppend> appends) throws InterruptedException {
    return write(appends, false);
  }

  /// @param mayBeWritten whether an earlier attempt may have written some of them
  private List<PendingAppend> write(List<PendingAppend> appends, boolean mayBeWritten)
      throws InterruptedException {
    var undecided = new ArrayList<>(appends);
    var twins = new ArrayList<PendingAppend>();
    var observed = new HashMap<RecordRef, Long>();
    boolean inDoubt = mayBeWritten;
    while (true) {
      undecided.removeIf(PendingAppend::isAbandoned);
      if (undecided.isEmpty()) {
        return twins;
      }
      try {
        var open = session.connection();
        if (undecided.removeIf(PendingAppend::isAbandoned)) {
          continue;
        }
        if (inDoubt) {
          findWritten(open, undecided);
        }
        var batch = new Batch(undecided, heads, observed);
        twins.addAll(batch.twins);
        undecided.removeAll(batch.twins);
        if (batch.members.isEmpty()) {
          batch.losers.forEach((loser, conflict) -> loser.outcome().complete(conflict));
          return twins;
        }
        Answer answer = open.appendBatch.write(epoch, heads.position(), clock.instant(), batch);
        settle(answer, batch, undecided, observed);
        answerRepeated(answer, twins);
      } catch (SQLException e) {
        inDoubt |= recover(e, undecided, inDoubt);
      }
    }
  }

  private void settle(
      Answer answer, Batch batch, List<PendingAppend> undecided, Map<RecordRef, Long> observed) {
    if (answer.written()) {
      complete(answer, batch);
      undecided.clear();
      return;
    }
    if (answer.moved()) {
      heads.forget(answer.headBefore());
    }
    observed.putAll(answer.stale());
    undecided.removeIf(pending -> isReferred(pending, answer.referred()));
    answerRepeated(answer, undecided);
  }

  private static boolean isReferred(PendingAppend pending, Set<RecordRef> referred) {
    for (RecordRef ended : pending.append().alone().keySet()) {
      if (referred.contains(ended)) {
        return pending.outcome().complete(new Referred(ended));
      }
    }
    Removal removal = pending.append().removal();
    RecordRef definition = removal == null ? null : EntityType.stream(removal.entityType());
    return definition != null
        && referred.contains(definition)
        && pending.outcome().complete(new Referred(definition));
  }

  private static void answerRepeated(Answer answer, List<PendingAppend> appends) {
    appends.removeIf(pending -> {
      var kept = pending.append().repeatable();
      var repeated = kept == null ? null : answer.repeated().get(kept.commandId());
      return repeated != null && pending.outcome().complete(repeated);
    });
  }

  private void complete(Answer answer, Batch batch) {
    int events = batch.events();
    heads.advance(answer.headBefore(), answer.headBefore() + events, batch.believed, batch.after);
    if (events > 0) {
      committed.run();
    }
    answers.execute(() -> {
      long position = answer.headBefore();
      for (PendingAppend member : batch.members) {
        position += member.append().events().size();
        member.outcome().complete(new Appended(position, answer.committedOn()));
      }
      batch.losers.forEach((loser, conflict) -> loser.outcome().complete(conflict));
    });
  }

  private static void findWritten(WriterConnection open, List<PendingAppend> undecided)
      throws SQLException {
    var found = new ArrayList<PendingAppend>();
    for (PendingAppend pending : undecided) {
      var appended = FindWritten.in(open.connection, pending.append());
      if (appended.isPresent()) {
        pending.outcome().complete(appended.get());
        found.add(pending);
      }
    }
    undecided.removeAll(found);
  }

  /// @return whether the batch may have been written all the same
  private boolean recover(SQLException e, List<PendingAppend> undecided, boolean inDoubt)
      throws InterruptedException {
    switch (Fault.of(e)) {
      case EPOCH_CHANGED ->
          throw new LogDamagedException("the log's epoch changed under a running service");
      case CONNECTION_LOST -> {
        log.warn("The connection to the log was lost; reconnecting", e);
        session.close();
        return true;
      }
      case TRANSIENT ->
          log.warn("A batch was rolled back and is tried again, state={}", e.getSQLState());
      case OUT_OF_RESOURCES -> fail(undecided, inDoubt ? Meaning.UNKNOWN : Meaning.TOO_BUSY, e);
      case REJECTED -> {
        if (undecided.size() == 1) {
          fail(undecided, inDoubt ? Meaning.UNKNOWN : Meaning.NOT_WRITTEN, e);
        } else {
          writeOneByOne(undecided, inDoubt, e);
        }
      }
    }
    return false;
  }

  private static void fail(List<PendingAppend> undecided, Meaning meaning, SQLException e) {
    var failed = new AppendFailedException(meaning, "the append failed", e);
    undecided.forEach(pending -> pending.outcome().completeExceptionally(failed));
  }

  private void writeOneByOne(List<PendingAppend> undecided, boolean inDoubt, SQLException e)
      throws InterruptedException {
    log.warn("A batch was rolled back and is written one by one, state={}", e.getSQLState());
    for (PendingAppend alone : List.copyOf(undecided)) {
      write(List.of(alone), inDoubt);
    }
    undecided.clear();
  }

  @Override
  public void close() {
    session.close();
  }
}
