package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.Append.KeptOutcome;
import io.rowstream.command.eventstore.Append.NewEvent;
import io.rowstream.command.eventstore.AppendOutcome.Appended;
import io.rowstream.command.eventstore.AppendOutcome.Conflict;
import io.rowstream.command.eventstore.AppendOutcome.Referred;
import io.rowstream.command.eventstore.AppendOutcome.Repeated;
import io.rowstream.testkit.EventStoreContract.Answer;
import io.rowstream.testkit.EventStoreContract.Attempt;
import io.rowstream.testkit.EventStoreContract.Store;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;

/// [GroupCommit] as the contract's store.
record GroupCommitStore(GroupCommit groupCommit) implements Store {

  static GroupCommitStore start(DataSource owner) {
    return start(owner, GroupCommitSettings.DEFAULT);
  }

  static GroupCommitStore start(DataSource owner, GroupCommitSettings settings) {
    try {
      return new GroupCommitStore(GroupCommit.start(owner, settings, Clock.systemUTC()));
    } catch (SQLException failure) {
      throw new IllegalStateException("not started", failure);
    }
  }

  static Append toAppend(Attempt attempt) {
    return new Append(
        attempt.events().stream()
            .map(wanted -> new NewEvent(wanted.record(), wanted.version(), wanted.payload()))
            .toList(),
        attempt.decidedOn(),
        attempt.keep()
            ? new KeptOutcome(attempt.commandId(), attempt.digest(), attempt.outcome())
            : null);
  }

  @Override
  public Answer append(Attempt attempt) {
    try {
      return switch (groupCommit.append(toAppend(attempt))) {
        case Appended(long position, var committedOn) -> new Answer.Written(position, committedOn);
        case Conflict(var record, _, long actual) -> new Answer.Stale(record, actual);
        case Referred(var record) ->
            throw new IllegalStateException("no attempt ends a record: " + record);
        case Repeated(byte[] digest, byte[] outcome, long position) ->
            new Answer.Known(text(digest), text(outcome), position);
      };
    } catch (AppendFailedException failed) {
      return new Answer.Failed(failed.meaning() == AppendFailedException.Meaning.UNKNOWN, failed);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    groupCommit.close();
  }
}
