package io.rowstream.testkit;

import java.util.Optional;

/// Puts the lines of an event stream together to events, as the HTML standard says. Not
/// thread-safe.
final class SseParser {
  private String lastId;
  private String id;
  private String event = "";
  private final StringBuilder data = new StringBuilder();

  SseParser(String lastId) {
    this.lastId = lastId;
    this.id = lastId;
  }

  /// @return the event, when `line` is the empty one that ends it
  Optional<SseEvent> line(String line) {
    if (line.isEmpty()) {
      return dispatch();
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (field) {
      case "id" -> id = value;
      case "event" -> event = value;
      case "data" -> data.append(value).append('\n');
      default -> {
        // Comments, "retry" and what is not known are ignored.
      }
    }
    return Optional.empty();
  }

  private Optional<SseEvent> dispatch() {
    lastId = id;
    if (data.isEmpty()) {
      event = "";
      return Optional.empty();
    }
    data.setLength(data.length() - 1);
    var complete =
        new SseEvent(
            lastId, event.isEmpty() ? "message" : event, data.toString(), System.nanoTime());
    event = "";
    data.setLength(0);
    return Optional.of(complete);
  }

  /// The id of the last event that was complete.
  String lastId() {
    return lastId;
  }
}
