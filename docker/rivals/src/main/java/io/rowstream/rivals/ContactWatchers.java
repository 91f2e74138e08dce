package io.rowstream.rivals;

import static java.util.concurrent.TimeUnit.SECONDS;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.ObjectMapper;

/// Who watches which contact. Told after the commit, in this process only, without memory: who is
/// away misses it. A heartbeat finds those who have gone.
@Component
class ContactWatchers {
  private static final int HEARTBEAT_SECONDS = 5;

  private final Map<UUID, CopyOnWriteArraySet<SseEmitter>> watchers = new ConcurrentHashMap<>();
  private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
  private final ObjectMapper json;

  private record Changed(UUID id, long rowVersion, ContactBody attributes) {}

  ContactWatchers(ObjectMapper json) {
    this.json = json;
    var _ =
        sender.scheduleWithFixedDelay(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, SECONDS);
  }

  SseEmitter watch(UUID id) throws IOException {
    var emitter = new SseEmitter(0L);
    emitter.send(SseEmitter.event().comment("open"));
    var others = watchers.computeIfAbsent(id, _ -> new CopyOnWriteArraySet<>());
    others.add(emitter);
    emitter.onCompletion(() -> others.remove(emitter));
    return emitter;
  }

  void tell(UUID id, long version, ContactBody body) {
    var interested = watchers.get(id);
    if (interested != null) {
      sender.execute(() -> send(interested, new Changed(id, version, body)));
    }
  }

  private void send(CopyOnWriteArraySet<SseEmitter> interested, Changed changed) {
    String data = json.writeValueAsString(changed);
    interested.forEach(emitter -> send(emitter, SseEmitter.event().name("change").data(data)));
  }

  private void beat() {
    watchers
        .values()
        .forEach(interested ->
            interested.forEach(emitter -> send(emitter, SseEmitter.event().comment("alive"))));
  }

  private static void send(SseEmitter emitter, SseEmitter.SseEventBuilder event) {
    try {
      emitter.send(event);
    } catch (IOException | IllegalStateException gone) {
      emitter.complete();
    }
  }

  @PreDestroy
  void close() {
    sender.shutdownNow();
  }
}
