package io.rowstream.command.eventstore;

import io.rowstream.language.RecordRef;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.refusal.Refusal;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The stored outcome of a command: one JSON array, its kind first.
final class OutcomeJson {
  private static final JsonFactory JSON = new JsonFactory();

  private OutcomeJson() {}

  /// What a stored outcome says: either the results or the refusal.
  record Outcome(List<RecordResult> results, @Nullable Refusal refusal) {}

  static byte[] accepted(List<RecordResult> results) {
    return bytes(json -> {
      json.writeString("accepted");
      for (RecordResult result : results) {
        json.writeString(result.record().toString());
        json.writeNumber(result.rowVersion());
        json.writeBoolean(result.created());
      }
    });
  }

  /// @return empty if the refusal is one of those that are not kept
  static Optional<byte[]> refused(Refusal refusal) {
    return RefusalJson.isKept(refusal)
        ? Optional.of(bytes(json -> RefusalJson.write(json, refusal)))
        : Optional.empty();
  }

  private static byte[] bytes(Consumer<JsonGenerator> content) {
    var bytes = new ByteArrayOutputStream(128);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartArray();
      content.accept(json);
      json.writeEndArray();
    }
    return bytes.toByteArray();
  }

  static Outcome read(byte[] outcome) {
    try (var json = JSON.createParser(ObjectReadContext.empty(), outcome)) {
      json.nextToken();
      String kind = text(json);
      return kind.equals("accepted")
          ? new Outcome(results(json), null)
          : new Outcome(List.of(), RefusalJson.read(kind, json));
    }
  }

  private static List<RecordResult> results(JsonParser json) {
    var results = new ArrayList<RecordResult>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      var record = RecordRef.parse(json.getString());
      results.add(new RecordResult(record, number(json), json.nextBooleanValue()));
    }
    return results;
  }

  static String text(JsonParser json) {
    json.nextToken();
    return json.getString();
  }

  static long number(JsonParser json) {
    json.nextToken();
    return json.getLongValue();
  }
}
