package io.rowstream.command.app;

import io.rowstream.command.app.rows.RecordRow;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.error.ODataError;
import io.rowstream.odata.json.WireJson;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import tools.jackson.core.JsonGenerator;

/// What an import tells while it runs: JSON lines, one for each refused row, one a second for how
/// far it is, and one at the end. Thread-safe.
///
/// It never waits for its reader: many clients read nothing before they have sent everything.
final class ImportReport {
  private static final long PROGRESS_NANOS = 1_000_000_000;

  private final long startedAt = System.nanoTime();
  private final Sinks.Many<byte[]> lines;
  private final Sinks.One<byte[]> end = Sinks.one();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private long progressAt = startedAt + PROGRESS_NANOS;
  private long line;
  private long read;
  private long created;
  private long updated;
  private long unchanged;
  private long refused;
  private long notListed;
  private long position;

  /// @param linesWaitingMax lines kept for a client that does not read; beyond it refused rows are
  ///   only counted
  ImportReport(int linesWaitingMax) {
    lines =
        Sinks.many()
            .unicast()
            .onBackpressureBuffer(new ArrayBlockingQueue<byte[]>(linesWaitingMax));
  }

  /// Each a line with its end.
  Flux<byte[]> lines() {
    return Flux.concat(lines.asFlux(), end.asMono());
  }

  void read(long atLine) {
    locked(() -> {
      read++;
      line = atLine;
      if (System.nanoTime() >= progressAt) {
        progressAt = System.nanoTime() + PROGRESS_NANOS;
        lines.tryEmitNext(line("progress", this::writeCounts));
      }
    });
  }

  void created(long atPosition) {
    locked(() -> {
      created++;
      position = Math.max(position, atPosition);
    });
  }

  void updated(long atPosition) {
    locked(() -> {
      updated++;
      position = Math.max(position, atPosition);
    });
  }

  void unchanged() {
    locked(() -> unchanged++);
  }

  void refused(RecordRow.Refused row) {
    locked(() -> {
      refused++;
      if (lines.tryEmitNext(line("refused", json -> write(json, row))).isFailure()) {
        notListed++;
      }
    });
  }

  private static void write(JsonGenerator json, RecordRow.Refused row) {
    json.writeNumberProperty("line", row.line());
    if (row.column() != null) {
      json.writeStringProperty("column", Quoted.shown(row.column(), Quoted.LENGTH_MAX));
    }
    json.writeStringProperty("code", row.code().hex());
    json.writeStringProperty("reason", row.reason());
  }

  /// Says how it ended; nothing more can be said after it.
  ///
  /// @param failure what kept the rest of the file out; null if all of it was read
  void end(@Nullable ODataError failure) {
    locked(() -> {
      lines.tryEmitComplete();
      end.tryEmitValue(
          line(
              failure == null ? "done" : "failed",
              json -> {
                writeCounts(json);
                json.writeNumberProperty("refusedNotListed", notListed);
                json.writeNumberProperty("position", position);
                if (failure != null) {
                  json.writeName("error");
                  failure.write(json);
                }
              }));
    });
  }

  private void writeCounts(JsonGenerator json) {
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    json.writeNumberProperty("line", line);
    json.writeNumberProperty("read", read);
    json.writeNumberProperty("created", created);
    json.writeNumberProperty("updated", updated);
    json.writeNumberProperty("unchanged", unchanged);
    json.writeNumberProperty("refused", refused);
    json.writeNumberProperty("seconds", Math.round(seconds * 10) / 10.0);
    json.writeNumberProperty("rowsPerSecond", Math.round(read / Math.max(seconds, 0.001)));
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  private static byte[] line(String event, Consumer<JsonGenerator> content) {
    var bytes = new ByteArrayOutputStream(256);
    try (var json = WireJson.to(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("event", event);
      content.accept(json);
      json.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }
}
