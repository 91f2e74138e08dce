package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LogHead;
import io.rowstream.testkit.TestDatabase;
import io.rowstream.testkit.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole service with its sample data, on a free port and a database of its own.
public class RunningService implements AutoCloseable {
  private static final Pattern STATUS = Pattern.compile("(?md)^HTTP/1\\.1 (\\d+) [A-Za-z ]+\r$");

  private final TestDatabase database = TestPostgres.shared().newDatabase();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> settings;
  private ConfigurableApplicationContext application;

  /// @param settings such as `--rowstream.batch.batches-max=2`
  public RunningService(String... settings) {
    var all =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--rowstream.postgres.url=" + database.jdbcUrl(),
                "--rowstream.postgres.user=" + database.user(),
                "--rowstream.postgres.password=" + database.password()));
    all.addAll(List.of(settings));
    this.settings = List.copyOf(all);
    application = run();
  }

  private ConfigurableApplicationContext run() {
    return run(settings.toArray(String[]::new));
  }

  /// The service alone, with these settings.
  public static ConfigurableApplicationContext run(String... settings) {
    var sources = new Class<?>[] {RowstreamApplication.class, OwnThreads.class};
    return SpringApplication.run(sources, settings);
  }

  /// Stops it and starts it anew, on another port.
  void restart() {
    application.close();
    application = run();
  }

  public DataSource owner() {
    return database.dataSource();
  }

  public int port() {
    return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /// The position of the last event in the log.
  public long position() {
    try (var connection = owner().getConnection()) {
      return LogHead.read(connection).position();
    } catch (SQLException failure) {
      throw new IllegalStateException("the log's head cannot be read", failure);
    }
  }

  String root() {
    return "http://127.0.0.1:" + port() + "/api/data/v9.2/";
  }

  <T> Collection<T> beans(Class<T> type) {
    return application.getBeansOfType(type).values();
  }

  /// What is there once everything written so far is; lists may lag behind the log.
  HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "", "Rowstream-Min-Position", Long.toString(position()));
  }

  /// @param headers names and values in turn
  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    return client.send(request(method, path, body, headers), BodyHandlers.ofString());
  }

  /// Sends what has to be answered with 204.
  HttpResponse<String> done(String method, String path, String body, String... headers)
      throws Exception {
    var answer = send(method, path, body, headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    return answer;
  }

  /// What is there, without asking for a position.
  HttpResponse<String> read(String path) throws Exception {
    return send("GET", path, "");
  }

  CompletableFuture<HttpResponse<String>> sendAsync(
      String method, String path, String body, String... headers) {
    return client.sendAsync(request(method, path, body, headers), BodyHandlers.ofString());
  }

  /// Posts a batch whose boundary is `b`.
  HttpResponse<String> batch(String body, String... headers) throws Exception {
    return client.send(batchRequest(body, headers), BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> batchAsync(String body) {
    return client.sendAsync(batchRequest(body), BodyHandlers.ofString());
  }

  private HttpRequest batchRequest(String body, String... headers) {
    var all = new ArrayList<>(List.of("Content-Type", "multipart/mixed; boundary=b"));
    all.addAll(List.of(headers));
    return request("POST", "$batch", body, all.toArray(String[]::new));
  }

  private HttpRequest request(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(root() + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  /// The status of every part of the answer to a batch, in order.
  static List<Integer> statuses(HttpResponse<String> answer) {
    return STATUS
        .matcher(answer.body())
        .results()
        .map(part -> Integer.valueOf(part.group(1)))
        .toList();
  }

  /// Creates a contact and returns its path after the root.
  String contact(String json) throws Exception {
    return pathOf(done("POST", "contacts", json));
  }

  /// Where what was made is, below the root.
  String pathOf(HttpResponse<String> made) {
    return made.headers().firstValue("OData-EntityId").orElseThrow().substring(root().length());
  }

  String etag(String path) throws Exception {
    return get(path).headers().firstValue("ETag").orElseThrow();
  }

  @Override
  public void close() {
    client.close();
    application.close();
    database.close();
  }
}
