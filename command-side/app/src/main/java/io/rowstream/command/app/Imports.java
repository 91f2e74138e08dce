package io.rowstream.command.app;

import io.rowstream.command.app.rows.CsvRows;
import io.rowstream.command.app.rows.JsonRows;
import io.rowstream.command.app.rows.RecordRows;
import io.rowstream.command.app.rows.RowSource;
import io.rowstream.command.eventstore.AbsentRecords;
import io.rowstream.eventlog.RecordStates;
import io.rowstream.language.command.ConcurrencyBehavior;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.column.Columns;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// Begins imports and keeps count of them. Blocks; meant for virtual threads. Thread-safe.
final class Imports {
  private final RecordWrites writes;
  private final AbsentRecords absent;
  private final RecordStates states;
  private final Failures failures;
  private final ImportSettings settings;
  private final Semaphore running;

  Imports(
      RecordWrites writes,
      AbsentRecords absent,
      RecordStates states,
      Failures failures,
      ImportSettings settings) {
    this.writes = writes;
    this.absent = absent;
    this.states = states;
    this.failures = failures;
    this.settings = settings;
    this.running = new Semaphore(settings.importsMax());
  }

  /// An import that was begun.
  ///
  /// @param id begins the command id of each row
  record Running(String id, ImportReport report) {}

  /// Begins to read the file, and goes on in a thread of its own once its first row is understood.
  ///
  /// @throws BadRequest or [RefusedException] if it cannot be imported; nothing was written
  Running begin(ServerHttpRequest http) throws IOException {
    ImportRequest request = ImportRequest.read(http);
    Columns columns = writes.commands().sets().require(request.setName());
    var policies = columns.entityType().policies();
    if (policies.versionRequired()
        && request.expected().behavior() != ConcurrencyBehavior.ALWAYS_OVERWRITE) {
      throw new BadRequest(
          ErrorCode.CONCURRENCY_VERSION_NOT_PROVIDED,
          "These records are changed under their version only, and an import has none; it may"
              + " overwrite them with Prefer: rowstream.overwrite.");
    }
    UUID actor = writes.users().caller(request.caller());
    if (!running.tryAcquire()) {
      throw new RefusedException(new Refusal.TooBusy("too many imports are running"));
    }
    var file = new RequestBody(http.getBody(), settings.idleTimeout());
    try {
      var rows =
          new RecordRows(
              source(file, request),
              columns,
              writes.commands().sets(),
              request.key(),
              request.columns());
      String importId = writes.ids().fresh().get().toString();
      var report = new ImportReport(settings.linesWaitingMax());
      var caller = new RowsInFlight.Caller(importId, request.clientId(), actor, request.expected());
      var inFlight = new RowsInFlight(writes.gateway(), absent, failures, caller, report, settings);
      var run = new ImportRun(rows, states, inFlight, report, failures, settings);
      Thread.ofVirtual().name("import " + importId).start(() -> carryOut(run, file));
      return new Running(importId, report);
    } catch (IOException | RuntimeException e) {
      end(file);
      throw e;
    }
  }

  private RowSource source(InputStream file, ImportRequest request) throws IOException {
    return request.csv()
        ? new CsvRows(file, request.separator(), settings.rowLengthMax())
        : new JsonRows(file, settings.rowLengthMax());
  }

  private void carryOut(ImportRun run, RequestBody file) {
    try {
      run.carryOut();
    } finally {
      end(file);
    }
  }

  private void end(RequestBody file) {
    running.release();
    file.close();
  }
}
