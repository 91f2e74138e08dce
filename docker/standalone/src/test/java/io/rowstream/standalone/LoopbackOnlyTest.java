package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class LoopbackOnlyTest {

  private static void start(String settings) {
    var properties = new HashMap<String, Object>();
    for (String each : settings.split(" ", -1)) {
      properties.put(each.split("=", -1)[0], each.split("=", -1)[1]);
    }
    try (var context = new GenericApplicationContext()) {
      var sources = context.getEnvironment().getPropertySources();
      sources.addFirst(new MapPropertySource("of the test", properties));
      new LoopbackOnly().initialize(context);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server.address=127.0.0.1",
        "server.address=127.8.8.8",
        "server.address=::1",
        "server.address=localhost",
        "server.address=127.0.0.1 management.server.port=9090 management.server.address=::1"
      })
  void an_address_only_this_machine_reaches_is_taken(String settings) {
    assertThatCode(() -> start(settings)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server.port=8080",
        "server.address=",
        "server.address=0.0.0.0",
        "server.address=::",
        "server.address=192.0.2.1",
        "server.address=127.0.0.1 management.server.port=9090",
        "server.address=127.0.0.1 management.server.port=9090 management.server.address=",
        "server.address=127.0.0.1 management.server.port=9090 management.server.address=0.0.0.0"
      })
  void an_address_others_reach_is_refused(String settings) {
    assertThatThrownBy(() -> start(settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not a loopback address");
  }

  @Test
  void the_service_does_not_start_there() {
    assertThatThrownBy(() -> RowstreamApplication.main(new String[] {"--server.address=0.0.0.0"}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not a loopback address");
  }
}
