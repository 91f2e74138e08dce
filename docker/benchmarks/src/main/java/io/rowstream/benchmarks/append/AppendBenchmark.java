package io.rowstream.benchmarks.append;

import io.rowstream.benchmarks.machine.Machine;
import io.rowstream.benchmarks.machine.Options;
import io.rowstream.benchmarks.machine.PostgresServer;
import io.rowstream.benchmarks.report.Comparison;
import io.rowstream.benchmarks.report.Round;
import io.rowstream.benchmarks.workload.ContactChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Accepted conditional appends per second, all candidates taking turns on one PostgreSQL.
public final class AppendBenchmark {
  private static final Set<String> OPTIONS =
      Set.of(
          "postgres",
          "candidates",
          "senders",
          "records",
          "rounds",
          "seconds",
          "warm-up-seconds",
          "flush-delay-us");

  private static final int WARM_UP_SENDERS = 32;

  private final PostgresServer postgres;
  private final Options options;
  private final Duration warmUp;
  private final Duration measured;
  private final Comparison comparison = new Comparison(Candidates.RIVAL, "senders");

  private AppendBenchmark(PostgresServer postgres, Options options) {
    this.postgres = postgres;
    this.options = options;
    warmUp = options.seconds("warm-up-seconds", 2);
    measured = options.seconds("seconds", 10);
  }

  public static void run(List<String> arguments) throws Exception {
    Options options = Options.parse(arguments, OPTIONS);
    try (var postgres = PostgresServer.open(options)) {
      new AppendBenchmark(postgres, options).run();
    }
  }

  private void run() throws Exception {
    System.out.printf(
        "## Conditional appends, %d-byte payload%n%n%s%n%nOptions: %s%n%n",
        ContactChange.JSON_BYTES, Machine.describe(postgres.describe()), options);
    List<Contestant> contestants = new ArrayList<>();
    try {
      open(contestants);
      warmUp(contestants);
      measure(contestants);
      System.out.println(comparison.figures());
      System.out.println(comparison.ratios());
      for (Contestant contestant : contestants) {
        System.out.println("- " + contestant.verify());
      }
    } finally {
      for (Contestant contestant : contestants) {
        contestant.close();
      }
    }
  }

  private void open(List<Contestant> contestants) throws Exception {
    int records = options.number("records", 10_000);
    List<String> names = options.list("candidates", String.join(",", Candidates.all().keySet()));
    for (Map.Entry<String, Candidate.Opening> named : Candidates.named(names).entrySet()) {
      String database = "rowstream_bench_" + named.getKey().replace('-', '_');
      Candidate candidate = named.getValue().on(postgres.freshDatabase(database));
      var contestant = new Contestant(named.getKey(), candidate, records);
      contestants.add(contestant);
      contestant.prepare();
    }
  }

  /// A cell with one sender is too slow to get everything compiled, so a crowd goes first.
  private void warmUp(List<Contestant> contestants) throws Exception {
    for (Contestant contestant : contestants) {
      ClosedLoop.run(contestant, WARM_UP_SENDERS, Duration.ZERO, measured.multipliedBy(2));
    }
  }

  /// The first round of a cell warms up code paths and is thrown away.
  private void measure(List<Contestant> contestants) throws Exception {
    String everyCell = options.number("flush-delay-us", 0) > 0 ? "32,128,512" : "1,8,32,128,512";
    int rounds = options.number("rounds", 5);
    for (int senders : options.numbers("senders", everyCell)) {
      for (int round = 0; round <= rounds; round++) {
        for (Contestant contestant : contestants) {
          postgres.checkpoint();
          Round result = ClosedLoop.run(contestant, senders, warmUp, measured);
          System.err.printf(
              "%s, %d senders, round %d: %,.0f/s%n",
              contestant.name(), senders, round, result.perSecond());
          if (round > 0) {
            comparison.add("conditional append", senders, contestant.name(), result);
          }
        }
      }
    }
  }
}
