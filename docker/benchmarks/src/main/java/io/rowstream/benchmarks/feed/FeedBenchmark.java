package io.rowstream.benchmarks.feed;

import io.rowstream.benchmarks.http.Dialect;
import io.rowstream.benchmarks.http.Service;
import io.rowstream.benchmarks.machine.FileLimit;
import io.rowstream.benchmarks.machine.Machine;
import io.rowstream.benchmarks.machine.Options;
import io.rowstream.benchmarks.machine.PostgresServer;
import io.rowstream.benchmarks.server.ServerProcess;
import io.rowstream.benchmarks.server.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// From commit to receipt, with few and with many watchers.
public final class FeedBenchmark {
  private static final Duration OPEN_MAX = Duration.ofMinutes(3);

  /// After the last update: what has not come by then counts as missing.
  private static final Duration RECEIPT_MAX = Duration.ofSeconds(20);

  /// Between the opening of the last stream and the first update.
  private static final Duration QUIET = Duration.ofSeconds(2);

  /// Senders for a load that is spread over many records.
  private static final int SENDERS = 4;

  private final Options options;
  private final ServerProcess server;
  private final Service service;
  private final String watchPath;
  private final FeedReport report = new FeedReport();

  private FeedBenchmark(Options options, ServerProcess server, Service service) {
    this.options = options;
    this.server = server;
    this.service = service;
    watchPath = options.text("watch").orElse("/api/watch?record=contacts({id})");
  }

  public static void run(List<String> arguments) throws Exception {
    Set<String> known = new HashSet<>(Servers.OPTIONS);
    known.addAll(
        List.of(
            "postgres", "cells", "rounds", "seconds", "warm-up-seconds", "watch", "idle-watchers"));
    Options options = Options.parse(arguments, known);
    List<FeedCell> cells =
        options.list("cells", FeedCell.DEFAULT).stream().map(FeedCell::parse).toList();
    int idleWatchers = options.number("idle-watchers", 10_000);
    int watchers =
        Math.max(idleWatchers, cells.stream().mapToInt(FeedCell::watchers).max().orElse(0));
    FileLimit.require(ProcessHandle.current().pid(), "this program", watchers);
    try (var postgres = PostgresServer.open(options);
        var server = Servers.rowstream(options, postgres.freshDatabase("rowstream_bench_feed"))) {
      FileLimit.require(server.pid(), "the server", watchers);
      System.out.printf(
          "## Feed%n%n%s%n%nOptions: %s%n%n", Machine.describe(postgres.describe()), options);
      int records = cells.stream().mapToInt(FeedCell::records).max().orElse(1);
      var service = new Service("rowstream", server.port(), Dialect.ROWSTREAM, records);
      service.create();
      var benchmark = new FeedBenchmark(options, server, service);
      benchmark.measure(cells);
      benchmark.measureIdle(idleWatchers);
    }
  }

  private void measureIdle(int watchers) throws Exception {
    if (watchers > 0) {
      System.out.println(
          IdleMemory.measure(server.pid(), server.port(), watchers, OPEN_MAX, this::pathOfRecord));
    }
  }

  private String pathOfRecord(int record) {
    return watchPath.replace("{id}", service.records().id(record).toString());
  }

  private void measure(List<FeedCell> cells) throws Exception {
    int rounds = options.number("rounds", 3);
    for (int round = 1; round <= rounds; round++) {
      for (FeedCell cell : cells) {
        FeedRound result = round(cell);
        System.err.printf(
            "%s, round %d: %,d of %,d frames, p50 %.2f ms since sent%n",
            cell,
            round,
            result.expected() - result.missing(),
            result.expected(),
            result.sinceSent().getValueAtPercentile(50) / 1e6);
        report.add(cell, result);
      }
    }
    System.out.println(report);
  }

  private FeedRound round(FeedCell cell) throws Exception {
    Duration warmUp = options.seconds("warm-up-seconds", 5);
    Duration measured = options.seconds("seconds", 20);
    try (var watchers =
        new Watchers(server.port(), cell.watchers(), cell.sameRecord(), this::pathOfRecord)) {
      watchers.awaitOpen(OPEN_MAX);
      Thread.sleep(QUIET);
      var sent = new SentUpdates();
      long from = System.nanoTime() + warmUp.toNanos();
      sendUpdates(cell, warmUp.plus(measured), sent);
      watchers.awaitReceived(sent.frames(cell), RECEIPT_MAX);
      int lost = watchers.lost();
      Receipts receipts = watchers.stop();
      if (lost > 0) {
        System.err.println(cell + ": " + lost + " watchers were lost");
      }
      System.err.printf(
          "%s: the reading thread took %.1f us per frame%n",
          cell, watchers.cpuNanos() / 1e3 / Math.max(1, receipts.size()));
      return FeedRound.of(cell, sent, receipts, from, measured.toNanos() / 1e9);
    }
  }

  private void sendUpdates(FeedCell cell, Duration time, SentUpdates sent) throws Exception {
    int senders = Math.min(SENDERS, cell.records());
    double perSecond = (double) cell.perSecond() / senders;
    try (var threads = Executors.newFixedThreadPool(senders)) {
      List<Future<?>> sending = new ArrayList<>();
      for (int sender = 0; sender < senders; sender++) {
        var share = service.records().shareOfFirst(cell.records(), sender, senders);
        sending.add(threads.submit(new PacedSender(service, share, perSecond, time, sent)));
      }
      for (Future<?> each : sending) {
        each.get();
      }
    }
  }
}
