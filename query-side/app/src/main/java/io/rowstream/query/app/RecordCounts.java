package io.rowstream.query.app;

import io.rowstream.odata.json.WireJson;
import io.rowstream.odata.url.FunctionCall;
import io.rowstream.query.projections.current.Page;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import tools.jackson.core.JsonGenerator;

/// Answers `RetrieveTotalRecordCount`: exactly, each count as of a position of its own.
/// Thread-safe; callers wait as those of [RecordLists] do.
final class RecordCounts {
  private final EntitySetColumns sets;
  private final RecordLists lists;

  RecordCounts(EntitySetColumns sets, RecordLists lists) {
    this.sets = sets;
    this.lists = lists;
  }

  Answer total(ReadRequest request, FunctionCall call) {
    SequencedSet<String> names = call.names("EntityNames", request.query());
    var types = names.stream().map(sets::requireType).toList();
    var counts = new ArrayList<Page.Count>(types.size());
    types.forEach(type -> counts.add(lists.count(type.type(), null, request.minPosition())));
    var answer = Answer.json(body(request, List.copyOf(names), counts));
    counts.stream()
        .mapToLong(Page.Count::position)
        .min()
        .ifPresent(position -> answer.with(RecordLists.POSITION, Long.toString(position)));
    return answer;
  }

  private static byte[] body(ReadRequest request, List<String> names, List<Page.Count> counts) {
    var bytes = new ByteArrayOutputStream(512);
    try (var json = WireJson.to(bytes)) {
      json.writeStartObject();
      json.writeStringProperty(
          "@odata.context",
          request.root().url()
              + "$metadata#Microsoft.Dynamics.CRM.RetrieveTotalRecordCountResponse");
      json.writeObjectPropertyStart("EntityRecordCountCollection");
      json.writeNumberProperty("Count", names.size());
      json.writeBooleanProperty("IsReadOnly", false);
      json.writeArrayPropertyStart("Keys");
      names.forEach(json::writeString);
      json.writeEndArray();
      writeValues(json, counts);
      json.writeEndObject();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeValues(JsonGenerator json, List<Page.Count> counts) {
    json.writeArrayPropertyStart("Values");
    counts.forEach(count -> json.writeNumber(count.count()));
    json.writeEndArray();
  }
}
