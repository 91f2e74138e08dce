package io.rowstream.standalone.wire;

import static io.rowstream.standalone.wire.WireRequest.ROOT;
import static io.rowstream.standalone.wire.WireRequest.get;
import static io.rowstream.standalone.wire.WireRequest.joined;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections serve one request after the other, however they arrive.
class KeptConnectionsIT {
  private static WireService service;

  @BeforeAll
  static void start() {
    service = new WireService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /// The server once stopped reading when a request that had to wait was answered at once:
  /// [reactor-netty 4361](https://github.com/reactor/reactor-netty/issues/4361).
  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/api/openapi.json"})
  void a_connection_goes_on_after_requests_that_came_together(String second) {
    try (var connection = new WireConnection(service.port())) {
      for (int round = 0; round < 20; round++) {
        connection.send(joined(get(ROOT + "contacts?$top=1"), get(second)));
        assertThat(connection.read(false).status()).isEqualTo(200);
        assertThat(connection.read(false).status()).isIn(200, 404);
      }
      connection.send(get(ROOT + "WhoAmI"));
      assertThat(connection.read(false).status()).isEqualTo(200);
    }
  }
}
