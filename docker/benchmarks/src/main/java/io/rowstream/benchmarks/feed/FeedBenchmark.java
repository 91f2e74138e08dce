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

/// From commit to receipt, with few and with many watchers, against Spring MVC, JPA and
/// `SseEmitter`. Both servers are up for the whole run and take turns.
public final class FeedBenchmark {
  private static final Duration OPEN_MAX = Duration.ofMinutes(3);

  /// After the last update: what has not come by then counts as missing.
  private static final Duration RECEIPT_MAX = Duration.ofSeconds(20);

  /// Between the opening of the last stream and the first update.
  private static final Duration QUIET = Duration.ofSeconds(2);

  /// Updates of a few seconds' rate would be measured before the server's code is compiled, so each
  /// side first gets this many seconds of updates without a pause, for some watchers.
  private static final Duration COMPILING = Duration.ofSeconds(20);

  private static final FeedCell WITHOUT_PAUSE = new FeedCell(true, 16, 1_000_000);

  /// Senders for a load that is spread over many records.
  private static final int SENDERS = 4;

  private static final String OURS = "rowstream";
  private static final String RIVAL = "mvc-jpa";

  private final Options options;
  private final PostgresServer postgres;
  private final List<Side> sides = new ArrayList<>();
  private final FeedReport report = new FeedReport(RIVAL);

  private record Side(ServerProcess server, Service service) {
    String watchPath(int record) {
      return service.dialect().watchPath(service.records().id(record));
    }
  }

  private FeedBenchmark(Options options, PostgresServer postgres) {
    this.options = options;
    this.postgres = postgres;
  }

  public static void run(List<String> arguments) throws Exception {
    Set<String> known = new HashSet<>(Servers.OPTIONS);
    known.addAll(
        List.of(
            "postgres", "sides", "cells", "rounds", "seconds", "warm-up-seconds", "idle-watchers"));
    Options options = Options.parse(arguments, known);
    List<FeedCell> cells =
        options.list("cells", FeedCell.DEFAULT).stream().map(FeedCell::parse).toList();
    int idleWatchers = options.number("idle-watchers", 10_000);
    int watchers =
        Math.max(idleWatchers, cells.stream().mapToInt(FeedCell::watchers).max().orElse(0));
    FileLimit.require(ProcessHandle.current().pid(), "this program", watchers);
    try (var postgres = PostgresServer.open(options)) {
      System.out.printf(
          "## Feed%n%n%s%n%nOptions: %s%n%n", Machine.describe(postgres.describe()), options);
      new FeedBenchmark(options, postgres).run(cells, watchers, idleWatchers);
    }
  }

  private void run(List<FeedCell> cells, int watchers, int idleWatchers) throws Exception {
    int records = cells.stream().mapToInt(FeedCell::records).max().orElse(1);
    try {
      for (String side : options.list("sides", OURS + "," + RIVAL)) {
        sides.add(start(side, records, watchers));
      }
      if (idleWatchers > 0) {
        measureIdle(idleWatchers);
      }
      measure(cells);
    } finally {
      sides.forEach(side -> side.server().close());
    }
  }

  private Side start(String name, int records, int watchers) throws Exception {
    String database = postgres.freshDatabase("rowstream_bench_feed_" + name.replace('-', '_'));
    ServerProcess server =
        switch (name) {
          case OURS -> Servers.rowstream(options, database);
          case RIVAL -> Servers.mvcJpa(options, database);
          default -> throw new IllegalArgumentException("unknown side " + name);
        };
    FileLimit.require(server.pid(), "the server", watchers);
    Dialect dialect = name.equals(OURS) ? Dialect.ROWSTREAM : Dialect.MVC_JPA;
    var service = new Service(name, server.port(), dialect, records);
    service.create();
    return new Side(server, service);
  }

  private void measureIdle(int watchers) throws Exception {
    var table = IdleMemory.table();
    for (Side side : sides) {
      IdleMemory.measure(
          side.server(), side.service().name(), watchers, OPEN_MAX, side::watchPath, table);
    }
    System.out.println(table);
  }

  private void measure(List<FeedCell> cells) throws Exception {
    for (Side side : sides) {
      round(side, WITHOUT_PAUSE, Duration.ZERO, COMPILING);
    }
    Duration warmUp = options.seconds("warm-up-seconds", 5);
    Duration measured = options.seconds("seconds", 20);
    int rounds = options.number("rounds", 3);
    for (int round = 1; round <= rounds; round++) {
      for (FeedCell cell : cells) {
        for (Side side : sides) {
          FeedRound result = round(side, cell, warmUp, measured);
          System.err.printf(
              "%s, %s, round %d: %,d of %,d frames, p50 %.2f ms since sent%n",
              side.service().name(),
              cell,
              round,
              result.expected() - result.missing(),
              result.expected(),
              result.sinceSent().getValueAtPercentile(50) / 1e6);
          report.add(cell, side.service().name(), result);
        }
      }
    }
    System.out.println(report.figures());
    System.out.println(report.ratios());
  }

  private FeedRound round(Side side, FeedCell cell, Duration warmUp, Duration measured)
      throws Exception {
    try (var watchers =
        new Watchers(side.server().port(), cell.watchers(), cell.sameRecord(), side::watchPath)) {
      watchers.awaitOpen(OPEN_MAX);
      Thread.sleep(QUIET);
      var sent = new SentUpdates();
      long from = System.nanoTime() + warmUp.toNanos();
      sendUpdates(side.service(), cell, warmUp.plus(measured), sent);
      watchers.awaitReceived(sent.frames(cell), RECEIPT_MAX);
      int lost = watchers.lost();
      Receipts receipts = watchers.stop();
      if (lost > 0) {
        System.err.println(cell + ": " + lost + " watchers were lost");
      }
      System.err.printf(
          "%s: the reading threads took %.1f us per frame%n",
          cell, watchers.cpuNanos() / 1e3 / Math.max(1, receipts.size()));
      return FeedRound.of(cell, sent, receipts, from, measured.toNanos() / 1e9);
    }
  }

  private void sendUpdates(Service service, FeedCell cell, Duration time, SentUpdates sent)
      throws Exception {
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
