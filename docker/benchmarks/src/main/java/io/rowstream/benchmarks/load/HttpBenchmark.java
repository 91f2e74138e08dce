package io.rowstream.benchmarks.load;

import io.rowstream.benchmarks.http.Dialect;
import io.rowstream.benchmarks.http.Service;
import io.rowstream.benchmarks.machine.Machine;
import io.rowstream.benchmarks.machine.Options;
import io.rowstream.benchmarks.machine.PostgresServer;
import io.rowstream.benchmarks.report.Comparison;
import io.rowstream.benchmarks.report.Round;
import io.rowstream.benchmarks.server.ServerProcess;
import io.rowstream.benchmarks.server.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Conditional PATCH, GET by id and pages of a list through HTTP against Spring MVC and JPA.
///
/// Both servers are up for the whole run, on one PostgreSQL, and take turns: the one whose turn it
/// is not has nothing to do, and both keep the code they have compiled. Starting them anew for each
/// round would measure how fast a JVM warms up.
public final class HttpBenchmark {
  private static final String OURS = "rowstream";
  private static final String RIVAL = "mvc-jpa";

  private static final int WARM_UP_CONNECTIONS = 32;

  private final PostgresServer postgres;
  private final Options options;
  private final Comparison comparison = new Comparison(RIVAL, "connections");

  private HttpBenchmark(PostgresServer postgres, Options options) {
    this.postgres = postgres;
    this.options = options;
  }

  public static void run(List<String> arguments) throws Exception {
    Set<String> known = new HashSet<>(Servers.OPTIONS);
    known.addAll(
        List.of(
            "postgres",
            "sides",
            "operations",
            "connections",
            "records",
            "rounds",
            "seconds",
            "warm-up-seconds",
            "flush-delay-us"));
    Options options = Options.parse(arguments, known);
    try (var postgres = PostgresServer.open(options)) {
      new HttpBenchmark(postgres, options).run();
    }
  }

  private void run() throws Exception {
    System.out.printf(
        "## Over HTTP%n%n%s%n%nOptions: %s%n%n", Machine.describe(postgres.describe()), options);
    List<ServerProcess> processes = new ArrayList<>();
    try {
      List<Service> services = new ArrayList<>();
      for (String side : options.list("sides", OURS + "," + RIVAL)) {
        services.add(start(side, processes));
      }
      warmUp(services);
      measure(services);
      System.out.println(comparison.figures());
      System.out.println(comparison.ratios());
    } finally {
      processes.forEach(ServerProcess::close);
    }
  }

  private Service start(String side, List<ServerProcess> processes) throws Exception {
    String database = postgres.freshDatabase("rowstream_bench_http_" + side.replace('-', '_'));
    Dialect dialect = side.equals(OURS) ? Dialect.ROWSTREAM : Dialect.MVC_JPA;
    ServerProcess process =
        switch (side) {
          case OURS -> Servers.rowstream(options, database);
          case RIVAL -> Servers.mvcJpa(options, database);
          default -> throw new IllegalArgumentException("unknown side " + side);
        };
    processes.add(process);
    var service = new Service(side, process.port(), dialect, options.number("records", 10_000));
    service.prepare();
    if (operations().contains(Operation.PAGE)) {
      postgres.index(database, dialect.pageIndex());
      service.checkPage();
    }
    return service;
  }

  private List<Operation> operations() {
    return options.list("operations", "patch,get").stream()
        .map(name -> Operation.valueOf(name.toUpperCase(Locale.ROOT)))
        .toList();
  }

  /// Gets the servers' code compiled before the first cell.
  private void warmUp(List<Service> services) throws Exception {
    Duration time = options.seconds("seconds", 10).multipliedBy(2);
    for (Operation operation : operations()) {
      for (Service service : services) {
        LoadGenerator.run(service, operation, WARM_UP_CONNECTIONS, Duration.ZERO, time);
      }
    }
  }

  /// The first round of a cell warms up code paths and is thrown away.
  private void measure(List<Service> services) throws Exception {
    Duration warmUp = options.seconds("warm-up-seconds", 2);
    Duration measured = options.seconds("seconds", 10);
    int rounds = options.number("rounds", 5);
    for (Operation operation : operations()) {
      for (int connections : options.numbers("connections", "32,128")) {
        for (int round = 0; round <= rounds; round++) {
          for (Service service : services) {
            postgres.checkpoint();
            Round result = LoadGenerator.run(service, operation, connections, warmUp, measured);
            System.err.printf(
                "%s, %s, %d connections, round %d: %,.0f/s%n",
                service.name(), operation.title(), connections, round, result.perSecond());
            if (round > 0) {
              comparison.add(operation.title(), connections, service.name(), result);
            }
          }
        }
      }
    }
  }
}
