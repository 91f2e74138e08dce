package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Change;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.query.push.Watch;
import io.rowstream.testkit.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WatchWiringIT {

  @Test
  void a_watch_begins_with_the_state_goes_on_with_changes_and_does_not_hold_up_a_stop() {
    var lines = new LinkedBlockingQueue<String>();
    CompletableFuture<Void> ended;
    try (var client = HttpClient.newHttpClient()) {
      try (var server = new ReadServer()) {
        server.define(Contacts.CONTACT);
        server.create(Contacts.user(ReadServer.ADA), Map.of("fullname", Value.text("Ada Admin")));
        server.create(Contacts.contact(1), Map.of("fullname", Value.text("Ann")));
        server.create(Contacts.contact(2), Map.of("fullname", Value.text("Bob")));
        Awaitility.await().until(() -> server.get("contacts").statusCode() == 200);
        var watch =
            URI.create(server.root().replace("data/v9.2/", "watch?entity=contacts&initial=true"));

        ended =
            client
                .sendAsync(
                    HttpRequest.newBuilder(watch).build(), HttpResponse.BodyHandlers.ofLines())
                .thenAcceptAsync(response -> response.body().forEach(lines::add));
        awaitLine(lines, "event: *snapshot-end");
        server
            .writer()
            .append(
                Contacts.contact(1),
                new RecordUpdated(
                    Map.of("fullname", new Change(Value.text("Ann"), Value.text("Anna"))),
                    false,
                    false,
                    Set.of()));
        String change = awaitLine(lines, "data: *\\{\"position\".*\"changes\".*");

        assertThat(change).contains("\"Ada Admin\"", "\"old\":\"Ann\"", "\"new\":\"Anna\"");
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .until(() ->
                server.get(server.root().replace("data/v9.2/", "watch?nonsense=1")).statusCode()
                    == 400);
      }
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(ended::isDone);
    }
  }

  @Test
  void a_poll_gets_what_has_changed_and_one_that_waits_does_not_hold_up_a_stop() {
    CompletableFuture<HttpResponse<String>> waiting;
    try (var client = HttpClient.newHttpClient()) {
      try (var server = new ReadServer("rowstream.watch.poll-wait-max=30s")) {
        server.define(Contacts.CONTACT);
        server.create(Contacts.contact(1), Map.of("fullname", Value.text("Ann")));
        String changes = server.root().replace("data/v9.2/", "changes?entity=contacts&wait=");
        Awaitility.await().until(() -> server.get(changes + "0").statusCode() == 200);

        var all = Json.object(server.get(changes + "30&from=start").body());
        assertThat(Json.at(all, "frames", 0, "data", "changes", 0, "operation"))
            .isEqualTo("create");
        assertThat(server.get(changes + "31").statusCode()).isEqualTo(400);
        waiting =
            client.sendAsync(
                HttpRequest.newBuilder(URI.create(changes + "30&cursor=" + all.get("cursor")))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        Awaitility.await().until(() -> server.bean(Watch.class).watchers() == 1);
      }
      assertThat(waiting.orTimeout(10, TimeUnit.SECONDS).join().statusCode()).isEqualTo(200);
    }
  }

  private static String awaitLine(BlockingQueue<String> lines, String pattern) {
    return Awaitility.await("a line like " + pattern)
        .atMost(Duration.ofSeconds(10))
        .until(() -> nextLike(lines, pattern), line -> !line.isEmpty());
  }

  private static String nextLike(BlockingQueue<String> lines, String pattern) {
    for (String line = lines.poll(); line != null; line = lines.poll()) {
      if (line.matches(pattern)) {
        return line;
      }
    }
    return "";
  }
}
