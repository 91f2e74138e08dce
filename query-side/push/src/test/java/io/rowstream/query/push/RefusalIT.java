package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.testkit.Json;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.SseClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests that do not become a watch get a clear answer in JSON.
class RefusalIT {
  private LogDatabase database;
  private WatchServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    database = LogDatabase.create();
    server =
        WatchServer.start(
            database.reader(), EventFeedSettings.DEFAULT, WatchServer.QUICK.withWatchersMax(5));
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  @Test
  void what_cannot_be_understood_is_a_400_that_names_it() throws Exception {
    for (var query :
        List.of(
            "entity=nothings",
            "record=contacts",
            "record=contacts(1)",
            "record=contacts(11111111-1111-4111-8111-11111111111g)",
            "record=nothings(11111111-1111-4111-8111-111111111111)",
            "record=",
            "entity=",
            "entity=contacts&attributes=nothing",
            "attributes=",
            "attributes=a,,b",
            "attributes=A%22;DROP",
            "initial=yes",
            "from=yesterday",
            "from=start&initial=true",
            "from=now&from=start",
            "cursor=a&cursor=b",
            "filter=name%20eq%20'x'",
            "entitiy=contacts")) {
      var response = get(query);
      assertThat(response.statusCode()).as(query).isEqualTo(400);
      assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
      var error = Json.at(Json.object(response.body()), "error");
      assertThat(Json.at(error, "code")).isEqualTo("0x80060888");
      assertThat(String.valueOf(Json.at(error, "message"))).isNotBlank();
    }
  }

  @Test
  void more_than_a_watch_may_name_is_a_400() throws Exception {
    var query = new StringBuilder("entity=contacts");
    for (int i = 0; i < 200; i++) {
      query.append('&').append(Sample.of(Sample.contact()));
    }
    var response = get(query.toString());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("at most 200");
  }

  @Test
  void another_method_is_a_405() throws Exception {
    for (var method : List.of("POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")) {
      var request =
          HttpRequest.newBuilder(server.uri(""))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(method).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).contains("GET");
    }
  }

  @Test
  void one_watch_too_many_is_a_503_until_another_ends() throws Exception {
    var open = new ArrayList<SseClient>();
    for (int i = 0; i < 5; i++) {
      open.add(server.watch("entity=contacts"));
    }
    var refused = get("entity=contacts");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(Json.at(Json.object(refused.body()), "error", "code")).isEqualTo("0x80072322");

    open.removeFirst().close();
    await().until(() -> server.watch().watchers() < 5);
    open.add(server.watch("entity=contacts"));
    assertThat(open.getLast().status()).isEqualTo(200);
    open.getLast().await(Sample.SOON, "caught-up");
    GuaranteesIT.closeAll(open);
    await().until(() -> server.watch().watchers() == 0);
    await().until(() -> server.watch().groups() == 0);
  }

  private HttpResponse<String> get(String query) throws Exception {
    return http.send(
        HttpRequest.newBuilder(server.uri(query)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
