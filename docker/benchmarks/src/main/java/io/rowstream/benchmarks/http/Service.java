package io.rowstream.benchmarks.http;

import io.rowstream.benchmarks.workload.ContactChange;
import io.rowstream.benchmarks.workload.WorkingSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// A running server with its dialect and the records it was made to hold.
public final class Service {
  private static final int CREATING_CONNECTIONS = 64;
  private static final int PROGRESS_RECORDS = 100_000;

  private final String name;
  private final int port;
  private final Dialect dialect;
  private final WorkingSet records;
  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong created = new AtomicLong();

  public Service(String name, int port, Dialect dialect, int records) {
    this.name = name;
    this.port = port;
    this.dialect = dialect;
    this.records = new WorkingSet(records);
  }

  public String name() {
    return name;
  }

  public int port() {
    return port;
  }

  public Dialect dialect() {
    return dialect;
  }

  public WorkingSet records() {
    return records;
  }

  public ContactChange nextChange() {
    return ContactChange.number(changes.incrementAndGet());
  }

  /// Creates the records and makes sure that the server does what will be measured.
  public void prepare() throws IOException, InterruptedException, ExecutionException {
    create();
    check();
  }

  /// Creates the records over a few connections.
  public void create() throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> creating = new ArrayList<>();
      int connections = Math.min(CREATING_CONNECTIONS, records.size());
      for (int connection = 0; connection < connections; connection++) {
        WorkingSet.Share share = records.share(connection, connections);
        creating.add(
            threads.submit(() -> {
              create(share);
              return null;
            }));
      }
      for (Future<?> each : creating) {
        each.get();
      }
    }
  }

  private void create(WorkingSet.Share share) throws IOException {
    try (var connection = new BlockingConnection(port)) {
      for (int record = share.from(); record < share.to(); record++) {
        HttpResponse answer = connection.send(dialect.create(records.id(record), nextChange()));
        expect(answer.status() / 100 == 2 && answer.version() >= 0, "create", answer, connection);
        records.moveTo(record, answer.version());
        long there = created.incrementAndGet();
        if (there % PROGRESS_RECORDS == 0) {
          System.err.printf("%s: %,d records%n", name, there);
        }
      }
    }
  }

  /// A change must move the version by one and be read back; a stale one must be refused.
  private void check() throws IOException {
    UUID record = records.id(0);
    long version = records.version(0);
    ContactChange change = nextChange();
    try (var connection = new BlockingConnection(port)) {
      HttpResponse changed = connection.send(dialect.change(record, version, change));
      expect(changed.version() == version + 1, "change", changed, connection);
      records.moveTo(0, changed.version());
      HttpResponse stale = connection.send(dialect.change(record, version, nextChange()));
      expect(stale.status() == 412, "stale change", stale, connection);
      HttpResponse read = connection.send(dialect.read(record));
      boolean current = connection.body().contains("\"" + change.emailaddress1() + "\"");
      expect(read.status() == 200 && current, "read", read, connection);
    }
  }

  /// A page must have as many records as it has room for, if there are enough.
  public void checkPage() throws IOException {
    int there = records.size() / ContactChange.TITLES;
    try (var connection = new BlockingConnection(port)) {
      HttpResponse page = connection.send(dialect.page(ContactChange.title(1)));
      int found = connection.body().split("\"emailaddress1\":\"", -1).length - 1;
      expect(
          page.status() == 200 && found == Math.min(there, Dialect.PAGE_RECORDS),
          "page",
          page,
          connection);
    }
  }

  private void expect(
      boolean met, String what, HttpResponse response, BlockingConnection connection) {
    if (!met) {
      throw new IllegalStateException(
          "%s: %s answered %d, version %d: %s"
              .formatted(name, what, response.status(), response.version(), connection.body()));
    }
  }
}
