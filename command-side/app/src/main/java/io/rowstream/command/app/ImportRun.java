package io.rowstream.command.app;

import io.rowstream.command.app.rows.RecordRow;
import io.rowstream.command.app.rows.RecordRows;
import io.rowstream.eventlog.RecordState;
import io.rowstream.eventlog.RecordStates;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.error.ODataError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One import being carried out: rows are read one after the other, looked up by the hundred, and
/// those that differ from their records are written many at a time. Used by one thread.
final class ImportRun {

  /// Rows looked up at once.
  private static final int LOOKED_UP_MAX = 200;

  private final RecordRows rows;
  private final RecordStates states;
  private final RowsInFlight inFlight;
  private final ImportReport report;
  private final Failures failures;
  private final ImportSettings settings;
  private final List<RecordRow.Read> gathered = new ArrayList<>();
  private int gatheredChars;

  ImportRun(
      RecordRows rows,
      RecordStates states,
      RowsInFlight inFlight,
      ImportReport report,
      Failures failures,
      ImportSettings settings) {
    this.rows = rows;
    this.states = states;
    this.inFlight = inFlight;
    this.report = report;
    this.failures = failures;
    this.settings = settings;
  }

  /// Returns when every row is written or refused, or the import has failed; says how in the
  /// report.
  void carryOut() {
    @Nullable Throwable failure = null;
    try {
      readAll();
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
    inFlight.await();
    failure = failure == null ? inFlight.failure() : failure;
    report.end(failure == null ? null : error(failure));
  }

  private ODataError error(Throwable failure) {
    return failure instanceof IOException
        ? ODataError.of(BadRequest.payload("The file breaks off; send it again."))
        : failures.error(failure);
  }

  private void readAll() throws IOException {
    for (RecordRow row = rows.next(); row != null; row = rows.next()) {
      if (inFlight.failure() != null) {
        return;
      }
      if (rows.records() > settings.recordsMax()) {
        throw BadRequest.payload(
            "The file holds more than "
                + settings.recordsMax()
                + " records; send the rest in a file of its own.");
      }
      report.read(row.line());
      switch (row) {
        case RecordRow.Refused refused -> report.refused(refused);
        case RecordRow.Read read -> gather(read);
      }
    }
    settle();
  }

  private void gather(RecordRow.Read row) {
    gathered.add(row);
    gatheredChars += row.size();
    if (gathered.size() == LOOKED_UP_MAX || gatheredChars > settings.rowLengthMax()) {
      settle();
    }
  }

  /// Sends what differs from the records as they are. A row whose record holds its values already
  /// is done: a command would be accepted without an event.
  private void settle() {
    if (gathered.isEmpty()) {
      return;
    }
    String entityType = gathered.getFirst().record().entityType();
    Map<UUID, RecordState> known =
        states.of(entityType, gathered.stream().map(row -> row.record().id()).toList());
    for (RecordRow.Read row : gathered) {
      RecordState state = known.get(row.record().id());
      if (state != null && !state.deleted() && holds(state, row.values())) {
        report.unchanged();
      } else {
        start(row, state == null ? RowVersion.NONE : state.version());
      }
    }
    gathered.clear();
    gatheredChars = 0;
  }

  private static boolean holds(RecordState state, Map<String, Value> values) {
    return values.entrySet().stream()
        .allMatch(each ->
            state.values().getOrDefault(each.getKey(), Value.empty()).equals(each.getValue()));
  }

  /// A record must be there before another refers to it.
  private void start(RecordRow.Read row, long version) {
    boolean refersBack =
        row.values().values().stream()
            .anyMatch(value -> value instanceof Value.Lookup(var target) && rows.hasSeen(target));
    if (refersBack) {
      inFlight.await();
    }
    inFlight.start(row, version);
  }
}
