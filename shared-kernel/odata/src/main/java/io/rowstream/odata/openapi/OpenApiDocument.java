package io.rowstream.odata.openapi;

import io.rowstream.odata.json.WireJson;
import io.rowstream.odata.openapi.Operation.Answer;
import io.rowstream.odata.openapi.Operation.Content;
import io.rowstream.odata.openapi.Operation.In;
import io.rowstream.odata.openapi.Operation.Parameter;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The OpenAPI 3.1 document of some operations.
public final class OpenApiDocument {

  /// Where it is served.
  public static final String PATH = "/api/openapi.json";

  /// The schema of every refusal, by its name in the document.
  public static final String ERROR = "Error";

  private final Map<String, Map<String, Operation>> byPath = new TreeMap<>();

  /// @param operations no two of one method and path
  public OpenApiDocument(List<Operation> operations) {
    operations.stream()
        .sorted(Comparator.comparing(Operation::method))
        .forEach(each -> {
          var methods = byPath.computeIfAbsent(each.path(), _ -> new LinkedHashMap<>());
          if (methods.put(each.method(), each) != null) {
            throw new IllegalArgumentException("twice: " + each.method() + " " + each.path());
          }
        });
  }

  /// As JSON in UTF-8.
  public byte[] json() {
    var bytes = new ByteArrayOutputStream(1 << 14);
    try (var json = WireJson.to(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("openapi", "3.1.0");
      json.writeObjectPropertyStart("info");
      json.writeStringProperty("title", "Rowstream");
      json.writeStringProperty("version", "0.1");
      json.writeStringProperty(
          "description",
          "What Rowstream adds to the Dataverse Web API. The dialect itself is described by"
              + " `/api/data/v9.2/$metadata`.");
      json.writeEndObject();
      json.writeObjectPropertyStart("paths");
      byPath.forEach((path, methods) -> {
        json.writeObjectPropertyStart(path);
        methods.forEach((method, operation) -> {
          json.writeName(method.toLowerCase(Locale.ROOT));
          write(json, operation);
        });
        json.writeEndObject();
      });
      json.writeEndObject();
      json.writeObjectPropertyStart("components");
      json.writeObjectPropertyStart("schemas");
      json.writeName(ERROR);
      value(json, ErrorSchema.get().keywords());
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Operation operation) {
    json.writeStartObject();
    json.writeStringProperty("summary", operation.summary());
    json.writeStringProperty("description", operation.description());
    json.writeArrayPropertyStart("parameters");
    for (Parameter parameter : operation.parameters()) {
      json.writeStartObject();
      json.writeStringProperty("name", parameter.name());
      json.writeStringProperty("in", parameter.in().text());
      json.writeBooleanProperty("required", parameter.in() == In.PATH);
      schema(json, parameter.schema());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (operation.body() != null) {
      json.writeObjectPropertyStart("requestBody");
      json.writeBooleanProperty("required", true);
      content(json, operation.body());
      json.writeEndObject();
    }
    json.writeObjectPropertyStart("responses");
    new TreeMap<>(operation.answers())
        .forEach((status, answer) -> {
          json.writeName(status);
          write(json, answer);
        });
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Answer answer) {
    json.writeStartObject();
    json.writeStringProperty("description", answer.description());
    if (!answer.headers().isEmpty()) {
      json.writeObjectPropertyStart("headers");
      for (Parameter header : answer.headers()) {
        json.writeObjectPropertyStart(header.name());
        schema(json, header.schema());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    content(json, answer.content());
    json.writeEndObject();
  }

  private static void content(JsonGenerator json, @Nullable Content content) {
    if (content == null) {
      return;
    }
    json.writeObjectPropertyStart("content");
    for (String mediaType : content.mediaTypes()) {
      json.writeObjectPropertyStart(mediaType);
      schema(json, content.schema());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void schema(JsonGenerator json, Schema schema) {
    json.writeName("schema");
    value(json, schema.keywords());
  }

  private static void value(JsonGenerator json, Object value) {
    switch (value) {
      case Map<?, ?> members -> {
        json.writeStartObject();
        members.forEach((name, member) -> {
          json.writeName(name.toString());
          value(json, member);
        });
        json.writeEndObject();
      }
      case List<?> items -> {
        json.writeStartArray();
        items.forEach(item -> value(json, item));
        json.writeEndArray();
      }
      case String text -> json.writeString(text);
      default -> throw new IllegalArgumentException("not of JSON: " + value);
    }
  }
}
