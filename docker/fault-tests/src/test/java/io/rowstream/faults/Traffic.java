package io.rowstream.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// Creates sent by several clients at once, each with a command id of its own, and what each client
/// was told. A client that was told nothing sends the same again.
final class Traffic {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  private final List<String> commandIds = new ArrayList<>();
  private final Map<String, UUID> records = new ConcurrentHashMap<>();

  /// The `ETag` and position each acknowledged command was answered with.
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  Traffic(int commands) {
    for (int i = 0; i < commands; i++) {
      String commandId = "command-" + UUID.randomUUID();
      commandIds.add(commandId);
      records.put(commandId, UUID.randomUUID());
    }
  }

  /// Sends every command nobody has acknowledged yet, all at once, each from its own thread.
  ///
  /// @return the threads, which end with the answer or the failure
  List<Thread> sendUnacknowledged(Function<String, URI> service) {
    var unacknowledged = commandIds.stream().filter(id -> !acknowledged.containsKey(id)).toList();
    var start = new CountDownLatch(unacknowledged.size());
    return unacknowledged.stream()
        .map(commandId ->
            Thread.startVirtualThread(() -> {
              start.countDown();
              send(service, commandId);
            }))
        .toList();
  }

  private void send(Function<String, URI> service, String commandId) {
    var request =
        HttpRequest.newBuilder(service.apply("/api/data/v9.2/incidents(" + record(commandId) + ")"))
            .timeout(ANSWER_MAX)
            .header("If-None-Match", "*")
            .header("Idempotency-Key", commandId)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"title\":\"" + commandId + "\"}"))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 204) {
        acknowledged.put(
            commandId,
            answer.headers().firstValue("ETag").orElseThrow()
                + "@"
                + answer.headers().firstValue("Rowstream-Position").orElseThrow());
      }
    } catch (IOException _) {
      // The service died; what became of the command is unknown to this client.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  List<String> commandIds() {
    return List.copyOf(commandIds);
  }

  Map<String, String> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  UUID record(String commandId) {
    return Objects.requireNonNull(records.get(commandId));
  }

  /// Forgets who was acknowledged, so that everything is sent once more.
  void forgetAcknowledgements() {
    acknowledged.clear();
  }
}
