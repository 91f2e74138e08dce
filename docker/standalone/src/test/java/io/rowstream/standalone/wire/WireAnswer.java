package io.rowstream.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer as it came over the wire.
///
/// @param fields by name in lower case
record WireAnswer(int status, Map<String, String> fields, byte[] body) {

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Nullable String field(String name) {
    return fields.get(name);
  }

  @Nullable Object json(Object... path) {
    return Json.at(Json.object(text()), path);
  }

  /// Whether it goes on for as long as the client listens; its body is not read.
  boolean isStream() {
    String type = field("content-type");
    return type != null && type.startsWith("text/event-stream");
  }

  /// Asserts what every refusal promises: JSON with a code and a message, and nothing of what goes
  /// on inside.
  WireAnswer assertRefused(int expected, String code) {
    assertThat(status).as(text()).isEqualTo(expected);
    assertIsRefusal();
    assertThat(json("error", "code")).as(text()).isEqualTo(code);
    return this;
  }

  void assertIsRefusal() {
    assertThat(field("content-type")).as("%d %s", status, text()).startsWith("application/json");
    assertThat(json("error", "code")).asString().matches("0x[0-9a-fA-F]{8}");
    assertThat(json("error", "message")).asString().isNotBlank();
    assertThat(text()).doesNotContain("Exception", "\tat ", "org.springframework", "SQLSTATE");
  }
}
