package io.rowstream.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;

/// Writes sent by several clients at once, each under a command id of its own, and what each client
/// was told. A client that was told nothing sends the same again.
final class Traffic implements AutoCloseable {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Write> beginnings;
  private final List<Write> creates;
  private final List<Write> updates;

  /// The `ETag` and position each acknowledged write was answered with.
  private final Map<Write, String> acknowledged = new ConcurrentHashMap<>();

  private final Map<Write, String> refused = new ConcurrentHashMap<>();

  /// @param version the record has by this write: 0 creates it, 1 updates what was created
  record Write(String commandId, UUID record, long version) {
    static Write create() {
      return new Write(commandIdOfItsOwn(), UUID.randomUUID(), 0);
    }

    Write update() {
      return new Write(commandIdOfItsOwn(), record, 1);
    }

    private static String commandIdOfItsOwn() {
      return "command-" + UUID.randomUUID();
    }

    HttpRequest to(Function<String, URI> service) {
      return HttpRequest.newBuilder(service.apply("/api/data/v9.2/incidents(" + record + ")"))
          .timeout(ANSWER_MAX)
          .headers(
              version == 0
                  ? new String[] {"If-None-Match", "*"}
                  : new String[] {"If-Match", "W/\"" + (version - 1) + "\""})
          .header("Idempotency-Key", commandId)
          .header("Content-Type", "application/json")
          .method("PATCH", BodyPublishers.ofString("{\"title\":\"" + commandId + "\"}"))
          .build();
    }
  }

  /// @param clients each of which creates a record and updates another of its own
  Traffic(int clients) {
    beginnings = Stream.generate(Write::create).limit(clients).toList();
    creates = Stream.generate(Write::create).limit(clients).toList();
    updates = beginnings.stream().map(Write::update).toList();
  }

  /// Creates what will be updated.
  List<Write> beginnings() {
    return beginnings;
  }

  /// Updates of what was created in the beginning, at the version it had then.
  List<Write> updates() {
    return updates;
  }

  /// Creates and updates.
  List<Write> all() {
    return Stream.concat(creates.stream(), updates.stream()).toList();
  }

  /// Sends the writes all at once, each from its own thread.
  ///
  /// @return the threads, which end with the answer or the failure
  List<Thread> send(List<Write> writes, Function<String, URI> service) {
    var start = new CountDownLatch(writes.size());
    return writes.stream()
        .map(write ->
            Thread.startVirtualThread(() -> {
              try {
                start.countDown();
                start.await();
                send(write, service);
              } catch (IOException _) {
                // The service died; what became of the write is unknown to this client.
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            }))
        .toList();
  }

  private void send(Write write, Function<String, URI> service)
      throws IOException, InterruptedException {
    var answer = http.send(write.to(service), BodyHandlers.ofString());
    if (answer.statusCode() == 204) {
      acknowledged.put(
          write,
          answer.headers().firstValue("ETag").orElseThrow()
              + "@"
              + answer.headers().firstValue("Rowstream-Position").orElseThrow());
    } else {
      refused.put(write, answer.statusCode() + " " + answer.body());
    }
  }

  Map<Write, String> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  Map<Write, String> refused() {
    return Map.copyOf(refused);
  }

  /// Forgets who was acknowledged.
  void forgetAcknowledgements() {
    acknowledged.clear();
  }

  @Override
  public void close() {
    http.close();
  }
}
