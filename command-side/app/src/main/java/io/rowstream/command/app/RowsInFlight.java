package io.rowstream.command.app;

import io.rowstream.command.app.rows.RecordRow;
import io.rowstream.command.eventstore.AbsentRecords;
import io.rowstream.command.eventstore.DurableCommandGateway;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.error.ODataError;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The rows of an import being written, each on a virtual thread of its own, within bounds; they
/// share commits with each other and with everybody else's. One thread starts them.
final class RowsInFlight {
  private final DurableCommandGateway gateway;
  private final AbsentRecords absent;
  private final Failures failures;
  private final Caller caller;
  private final ImportReport report;
  private final int commandsMax;
  private final int charsMax;
  private final Semaphore commands;
  private final Semaphore chars;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /// On whose behalf rows are written, and how.
  ///
  /// @param importId begins the command id of each row
  record Caller(String importId, @Nullable String clientId, UUID actor, Expectation expected) {}

  RowsInFlight(
      DurableCommandGateway gateway,
      AbsentRecords absent,
      Failures failures,
      Caller caller,
      ImportReport report,
      ImportSettings settings) {
    this.gateway = gateway;
    this.absent = absent;
    this.failures = failures;
    this.caller = caller;
    this.report = report;
    this.commandsMax = settings.commandsInFlightMax();
    this.charsMax = settings.charsInFlightMax();
    this.commands = new Semaphore(commandsMax);
    this.chars = new Semaphore(charsMax);
  }

  /// What kept a row from being decided on; null if nothing has.
  @Nullable Throwable failure() {
    return failure.get();
  }

  /// Waits until there is room for the row and begins to write it.
  ///
  /// @param version its record was at when it was looked up; -1 for none
  void start(RecordRow.Read row, long version) {
    int size = Math.min(row.size(), charsMax);
    commands.acquireUninterruptibly();
    chars.acquireUninterruptibly(size);
    if (version == RowVersion.NONE) {
      absent.note(row.record());
    }
    Thread.ofVirtual()
        .start(() -> {
          try {
            write(row, version);
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
          } finally {
            absent.forget(row.record());
            chars.release(size);
            commands.release();
          }
        });
  }

  /// Waits until all that were started are written or refused.
  void await() {
    commands.acquireUninterruptibly(commandsMax);
    commands.release(commandsMax);
  }

  private void write(RecordRow.Read row, long version) {
    var command = new UpsertRecord(row.record(), row.values(), caller.expected());
    String commandId = caller.importId() + "/" + row.line();
    var header = new CommandHeader(commandId, false, caller.clientId(), caller.actor());
    try {
      CommandResult result = gateway.send(command, header);
      if (result.first().created()) {
        report.created(result.position());
      } else if (result.first().rowVersion() > Math.max(version, 0)) {
        report.updated(result.position());
      } else {
        report.unchanged();
      }
    } catch (RefusedException e) {
      ODataError error = failures.error(e);
      report.refused(new RecordRow.Refused(row.line(), null, error.code(), error.message()));
    }
  }
}
