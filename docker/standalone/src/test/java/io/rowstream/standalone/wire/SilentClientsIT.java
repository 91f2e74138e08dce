package io.rowstream.standalone.wire;

import static io.rowstream.standalone.wire.WireRequest.ROOT;
import static io.rowstream.standalone.wire.WireRequest.get;
import static io.rowstream.standalone.wire.WireRequest.head;
import static io.rowstream.standalone.wire.WireRequest.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.WholeLog;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that begin a request and do not go on keep no connection.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SilentClientsIT {
  private static final String CREATE = "POST " + ROOT + "contacts HTTP/1.1";

  private static WireService service;

  @BeforeAll
  static void start() {
    service =
        new WireService("--rowstream.http.head-timeout=2s", "--rowstream.http.body-timeout=2s");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void a_body_that_stops_coming_is_refused_and_nothing_is_written() {
    int before = WholeLog.read(service.owner()).size();
    try (var counted = new WireConnection(service.port());
        var chunked = new WireConnection(service.port())) {
      counted.send(head(CREATE, "Host: localhost", "Content-Length: 20"));
      counted.send(octets("{}"));
      chunked.send(head(CREATE, "Host: localhost", "Transfer-Encoding: chunked"));
      chunked.send(octets("2\r\n{}\r\n"));

      for (var connection : List.of(counted, chunked)) {
        connection.read(false).assertRefused(408, "0x80060888");
        assertThat(connection.hasMore()).isFalse();
      }
    }
    assertThat(WholeLog.read(service.owner())).hasSize(before);
  }

  @Test
  void a_head_that_does_not_end_closes_the_connection_also_when_it_comes_a_drop_at_a_time() {
    try (var silent = new WireConnection(service.port());
        var begun = new WireConnection(service.port());
        var dripping = new WireConnection(service.port());
        var drops = Executors.newSingleThreadScheduledExecutor()) {
      begun.send(octets("GET / HTTP/1.1\r\nHost: localhost\r\nX: "));
      var _ =
          drops.scheduleAtFixedRate(
              () -> dripping.send(octets("a")), 0, 200, TimeUnit.MILLISECONDS);

      for (var connection : List.of(silent, begun, dripping)) {
        assertThat(connection.hasMore()).isFalse();
      }
      drops.shutdownNow();
    }
  }

  @Test
  void whoever_goes_on_in_time_is_served_and_watchers_may_be_silent() throws Exception {
    try (var slow = new WireConnection(service.port());
        var watcher = new WireConnection(service.port());
        var pausing = Executors.newSingleThreadScheduledExecutor()) {
      watcher.send(get("/api/watch?entity=tasks"));
      assertThat(watcher.read(false).status()).isEqualTo(200);
      slow.send(head(CREATE, "Host: localhost", "Content-Length: 6"));
      for (int i = 0; i < 6; i++) {
        byte[] drop = octets("{    }".substring(i, i + 1));
        pausing.schedule(() -> slow.send(drop), 500, TimeUnit.MILLISECONDS).get();
      }

      assertThat(slow.read(false).status()).isEqualTo(204);
      assertThat(watcher.hasMore()).isTrue();
    }
  }
}
