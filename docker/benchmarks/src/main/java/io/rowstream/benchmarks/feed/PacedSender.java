package io.rowstream.benchmarks.feed;

import io.rowstream.benchmarks.http.BlockingConnection;
import io.rowstream.benchmarks.http.HttpResponse;
import io.rowstream.benchmarks.http.Service;
import io.rowstream.benchmarks.workload.WorkingSet;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Sends updates of its records at a steady rate, one at a time.
///
/// A slow answer delays the next update; what was missed is not sent in a burst afterwards.
final class PacedSender implements Callable<Void> {
  private final Service service;
  private final WorkingSet.Share share;
  private final double perSecond;
  private final Duration time;
  private final SentUpdates sent;

  PacedSender(
      Service service, WorkingSet.Share share, double perSecond, Duration time, SentUpdates sent) {
    this.service = service;
    this.share = share;
    this.perSecond = perSecond;
    this.time = time;
    this.sent = sent;
  }

  @Override
  public Void call() throws IOException {
    long interval = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    long next = System.nanoTime();
    long end = next + time.toNanos();
    try (var connection = new BlockingConnection(service.port())) {
      while (next < end) {
        waitUntil(next);
        send(connection, share.next());
        next = Math.max(next + interval, System.nanoTime());
      }
    }
    return null;
  }

  private static void waitUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void send(BlockingConnection connection, int record) throws IOException {
    WorkingSet records = service.records();
    long expected = records.version(record);
    byte[] request = service.dialect().change(records.id(record), expected, service.nextChange());
    long begin = System.nanoTime();
    HttpResponse response = connection.send(request);
    long end = System.nanoTime();
    if (response.status() / 100 != 2 || response.version() != expected + 1) {
      throw new IllegalStateException(
          "update answered %d, version %d after %d: %s"
              .formatted(response.status(), response.version(), expected, connection.body()));
    }
    records.moveTo(record, response.version());
    sent.add(record, response.version(), begin, end);
  }
}
