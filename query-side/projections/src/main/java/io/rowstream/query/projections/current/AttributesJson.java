package io.rowstream.query.projections.current;

import io.rowstream.eventlog.ValueJson;
import io.rowstream.language.Value;
import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The `attributes` column: one JSON object whose members are the values as the log has them.
///
/// PostgreSQL's `jsonb` cannot hold the character U+0000; it stands there as U+FFFD.
final class AttributesJson {
  private static final JsonFactory JSON = new JsonFactory();

  private AttributesJson() {}

  static String write(Map<String, Value> values) {
    var text = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      values.forEach((name, value) -> {
        json.writeName(name);
        ValueJson.write(json, storable(value));
      });
      json.writeEndObject();
    }
    return text.toString();
  }

  private static Value storable(Value value) {
    return value instanceof Value.Text(String text) && text.indexOf('\0') >= 0
        ? new Value.Text(text.replace('\0', '\uFFFD'))
        : value;
  }

  static Map<String, Value> read(byte[] utf8) {
    try (var json = JSON.createParser(ObjectReadContext.empty(), utf8)) {
      json.nextToken();
      return ValueJson.readAll(json);
    }
  }
}
