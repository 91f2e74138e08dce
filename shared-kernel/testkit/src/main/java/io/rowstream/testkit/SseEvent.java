package io.rowstream.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One server-sent event as a client got it.
///
/// @param id the client's last event id after it; empty when the server has reset it
/// @param receivedNanos [System#nanoTime] when it was complete
public record SseEvent(String id, String event, String data, long receivedNanos) {

  /// The data as JSON.
  public Map<String, @Nullable Object> json() {
    return Json.object(data);
  }

  /// The member `position` of the data.
  public long position() {
    return json().get("position") instanceof Long position ? position : -1;
  }

  /// The member `changes` of the data.
  public List<?> changes() {
    return json().get("changes") instanceof List<?> changes ? changes : List.of();
  }

  public boolean is(String name) {
    return event.equals(name);
  }
}
