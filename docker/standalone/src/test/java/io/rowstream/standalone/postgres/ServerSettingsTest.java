package io.rowstream.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {
  private static final ServerSettings USUAL = ServerSettings.in(Path.of("data"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fsync",
        "FSYNC",
        "synchronous_commit",
        "full_page_writes",
        "listen_addresses",
        "unix_socket_directories",
        "port",
        "data_directory"
      })
  void what_the_guarantees_rest_on_is_not_to_be_changed(String name) {
    assertThatThrownBy(() -> USUAL.withParameters(Map.of(name, "off")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the PostgreSQL parameter " + name + " is not to be changed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "work_mem -c fsync", "a;b", "1st"})
  void a_name_that_is_none_is_refused(String name) {
    assertThatThrownBy(() -> USUAL.withParameters(Map.of(name, "off")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void the_callers_settings_go_before_those_for_a_development_machine() {
    var all = USUAL.withParameters(Map.of("max_connections", "20", "work_mem", "8MB")).all();

    assertThat(all)
        .containsEntry("max_connections", "20")
        .containsEntry("work_mem", "8MB")
        .containsEntry("shared_buffers", "256MB")
        .containsEntry("fsync", "on");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void a_port_that_is_none_is_refused(int port) {
    assertThatThrownBy(() -> USUAL.withPort(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port is to be 0 to 65535, not " + port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"binaries", "binaries/data", "."})
  void data_and_binaries_are_to_lie_apart(String data) {
    var settings =
        ServerSettings.in(Path.of("elsewhere")).withBinariesDirectory(Path.of("binaries"));

    assertThatThrownBy(() ->
            new ServerSettings(
                Path.of(data), 0, settings.binariesDirectory(), settings.parameters()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is to lie apart from");
  }

  @Test
  void data_never_lie_where_the_library_cleans_up() {
    var cleaned = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg", "data");

    assertThatThrownBy(() -> ServerSettings.in(cleaned))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is to lie apart from");
  }
}
