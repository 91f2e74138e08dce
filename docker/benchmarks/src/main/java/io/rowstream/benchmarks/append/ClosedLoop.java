package io.rowstream.benchmarks.append;

import io.rowstream.benchmarks.report.Round;
import io.rowstream.benchmarks.workload.WorkingSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.AtomicHistogram;
import org.jspecify.annotations.Nullable;

/// Virtual threads that each send one update, wait for its outcome and send the next.
///
/// Only updates that end inside the measured time count for the rate; the times of all updates
/// begun inside it count for the percentiles, also of those that were kept waiting beyond its end.
final class ClosedLoop {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final int DIGITS = 3;

  /// Beyond this a sender gives up: its records failed, and nobody knows their versions.
  private static final int LOST_RECORDS_IN_A_ROW_MAX = 100;

  private final Contestant contestant;
  private final int senders;
  private final AtomicHistogram nanos = new AtomicHistogram(LONGEST_NANOS, DIGITS);
  private final AtomicLong succeeded = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong inMeasuredTime = new AtomicLong();
  private final AtomicReference<@Nullable Exception> firstFailure = new AtomicReference<>();
  private final long from;
  private final long to;

  private ClosedLoop(Contestant contestant, int senders, Duration warmUp, Duration measured) {
    this.contestant = contestant;
    this.senders = senders;
    from = System.nanoTime() + warmUp.toNanos();
    to = from + measured.toNanos();
  }

  static Round run(Contestant contestant, int senders, Duration warmUp, Duration measured)
      throws InterruptedException, ExecutionException {
    var loop = new ClosedLoop(contestant, senders, warmUp, measured);
    loop.runSenders();
    contestant.count(loop.succeeded.get(), loop.failed.get());
    Exception failure = loop.firstFailure.get();
    if (failure != null) {
      System.err.println(
          contestant.name() + ", " + senders + " senders, first failure: " + failure);
    }
    double perSecond = loop.inMeasuredTime.get() / (measured.toNanos() / 1e9);
    return Round.of(perSecond, loop.nanos, loop.failed.get());
  }

  private void runSenders() throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int sender = 0; sender < senders; sender++) {
        WorkingSet.Share share = contestant.records().share(sender, senders);
        Candidate.Update update = contestant.sender();
        running.add(threads.submit(() -> send(update, share)));
      }
      for (Future<?> sender : running) {
        sender.get();
      }
    }
  }

  private void send(Candidate.Update update, WorkingSet.Share share) {
    WorkingSet records = contestant.records();
    int lostInARow = 0;
    for (long begin = System.nanoTime();
        begin < to && lostInARow < LOST_RECORDS_IN_A_ROW_MAX;
        begin = System.nanoTime()) {
      int record = share.next();
      long version = records.version(record);
      if (version == WorkingSet.LOST) {
        lostInARow++;
        continue;
      }
      lostInARow = 0;
      records.moveTo(record, attempt(update, records, record, version, begin));
    }
  }

  private long attempt(
      Candidate.Update update, WorkingSet records, int record, long version, long begin) {
    try {
      long after = update.apply(records.id(record), version, contestant.nextChange());
      if (after != version + 1) {
        throw new IllegalStateException("version " + after + " after " + version);
      }
      record(begin, System.nanoTime());
      return after;
    } catch (Exception failure) {
      failed.incrementAndGet();
      firstFailure.compareAndSet(null, failure);
      return WorkingSet.LOST;
    }
  }

  private void record(long begin, long end) {
    succeeded.incrementAndGet();
    if (end >= from && end < to) {
      inMeasuredTime.incrementAndGet();
    }
    if (begin >= from) {
      nanos.recordValue(Math.min(end - begin, LONGEST_NANOS));
    }
  }
}
