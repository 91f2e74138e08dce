package io.rowstream.benchmarks.append;

import io.rowstream.benchmarks.workload.ContactChange;
import io.rowstream.benchmarks.workload.WorkingSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// A candidate with its working set and the count of what it claimed to have done.
final class Contestant implements AutoCloseable {
  private final String name;
  private final Candidate candidate;
  private final WorkingSet records;
  private final AtomicLong changes = new AtomicLong();
  private long eventsAtStart;
  private long succeeded;
  private long failed;

  Contestant(String name, Candidate candidate, int records) {
    this.name = name;
    this.candidate = candidate;
    this.records = new WorkingSet(records);
  }

  String name() {
    return name;
  }

  Candidate.Update sender() {
    return candidate.sender();
  }

  WorkingSet records() {
    return records;
  }

  ContactChange nextChange() {
    return ContactChange.number(changes.incrementAndGet());
  }

  /// Creates the records and makes sure that the candidate checks versions at all.
  void prepare() throws Exception {
    candidate.create(IntStream.range(0, records.size()).mapToObj(records::id).toList());
    eventsAtStart = candidate.events();
    if (eventsAtStart != records.size()) {
      throw new IllegalStateException(
          "%s: %d events after the creation of %d records"
              .formatted(name, eventsAtStart, records.size()));
    }
    Candidate.Update update = candidate.sender();
    UUID record = records.id(0);
    records.moveTo(0, update.apply(record, 0, nextChange()));
    succeeded++;
    if (acceptsStale(update, record) || candidate.events() != eventsAtStart + 1) {
      throw new IllegalStateException(name + " accepted a stale version");
    }
  }

  private boolean acceptsStale(Candidate.Update update, UUID record) {
    try {
      update.apply(record, 0, nextChange());
      return true;
    } catch (Exception refused) {
      return false;
    }
  }

  void count(long succeededNow, long failedNow) {
    succeeded += succeededNow;
    failed += failedNow;
  }

  /// Compares the log with the answers: every success is one event. A failed update may or may not
  /// have become one (its commit can succeed while its answer is lost).
  String verify() throws Exception {
    long written = candidate.events() - eventsAtStart;
    if (written < succeeded || written > succeeded + failed) {
      throw new IllegalStateException(
          "%s: %d events for %d successes and %d failures"
              .formatted(name, written, succeeded, failed));
    }
    return "%s: %,d successes, %,d events in the log, %,d failures"
        .formatted(name, succeeded, written, failed);
  }

  @Override
  public void close() {
    candidate.close();
  }
}
