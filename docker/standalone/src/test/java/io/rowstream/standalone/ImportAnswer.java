package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an import was answered.
record ImportAnswer(int status, String body, List<Map<String, @Nullable Object>> lines) {

  /// Imports a CSV file.
  ///
  /// @param target set and parameters
  /// @param headers names and values in turn
  static ImportAnswer csv(RunningService service, String target, String file, String... headers)
      throws Exception {
    return of(service, target, "text/csv", BodyPublishers.ofString(file), headers);
  }

  static ImportAnswer json(RunningService service, String target, String file) throws Exception {
    return of(service, target, "application/x-ndjson", BodyPublishers.ofString(file));
  }

  static ImportAnswer of(
      RunningService service, String target, String type, BodyPublisher file, String... headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + service.port() + "/api/import/" + target))
            .header("Content-Type", type)
            .PUT(file);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return of(client.send(request.build(), BodyHandlers.ofString()));
    }
  }

  private static ImportAnswer of(HttpResponse<String> answer) {
    return new ImportAnswer(
        answer.statusCode(),
        answer.body(),
        answer.statusCode() == 200 ? answer.body().lines().map(Json::object).toList() : List.of());
  }

  /// The line that ends every report.
  Map<String, @Nullable Object> end() {
    assertThat(status).as(body).isEqualTo(200);
    return lines.getLast();
  }

  /// A number the last line tells.
  long number(String name) {
    return (Long) Objects.requireNonNull(end().get(name));
  }

  /// Read, created, updated, unchanged, refused; of an import that came to its end.
  List<Long> counts() {
    assertThat(end().get("event")).as(body).isEqualTo("done");
    return Stream.of("read", "created", "updated", "unchanged", "refused")
        .map(this::number)
        .toList();
  }

  /// The refused rows, each as line, column and reason; in the order of lines.
  List<String> refused() {
    return lines.stream()
        .filter(line -> "refused".equals(line.get("event")))
        .sorted((a, b) -> String.valueOf(a.get("line")).compareTo(String.valueOf(b.get("line"))))
        .map(line -> line.get("line") + " " + line.get("column") + ": " + line.get("reason"))
        .toList();
  }
}
