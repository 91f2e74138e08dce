package io.rowstream.query.push;

import io.rowstream.testkit.Json;
import io.rowstream.testkit.SseEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// One answer to a poll, its frames in the words of an event stream.
///
/// @param cursor empty if there is none
record Polled(HttpResponse<String> response, List<SseEvent> frames, String cursor) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Polled get(URI uri) {
    try {
      return of(HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()));
    } catch (IOException failure) {
      throw new UncheckedIOException("not answered: " + uri, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("not answered: " + uri, interrupted);
    }
  }

  static CompletableFuture<Polled> ask(URI uri) {
    return HTTP.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .thenApply(Polled::of);
  }

  int status() {
    return response.statusCode();
  }

  /// The frames of one name.
  List<SseEvent> frames(String event) {
    return frames.stream().filter(frame -> frame.is(event)).toList();
  }

  List<String> events() {
    return frames.stream().map(SseEvent::event).toList();
  }

  private static Polled of(HttpResponse<String> response) {
    var cursor = Json.object(response.body()).get("cursor");
    return new Polled(response, read(response.body()), cursor instanceof String text ? text : "");
  }

  private static List<SseEvent> read(String body) {
    var frames = new ArrayList<SseEvent>();
    try (var json = JSON.createParser(ObjectReadContext.empty(), body)) {
      json.nextToken();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        if (!name.equals("frames")) {
          json.skipChildren();
          continue;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
          frames.add(frame(json, body));
        }
      }
    }
    return frames;
  }

  private static SseEvent frame(JsonParser json, String body) {
    String event = "";
    String id = "";
    String data = "";
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      switch (name) {
        case "event" -> event = json.getString();
        case "id" -> id = json.getString();
        default -> {
          int start = (int) json.currentTokenLocation().getCharOffset();
          json.skipChildren();
          data = body.substring(start, (int) json.currentLocation().getCharOffset());
        }
      }
    }
    return new SseEvent(id, event, data, System.nanoTime());
  }
}
