package io.rowstream.odata.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A list of records being written as JSON. Only [#end] makes it whole: a list that is closed
/// before, because something failed, is broken JSON, which no reader takes for a short list.
public final class RecordListJson implements AutoCloseable {
  private final RecordJson records;
  private final JsonGenerator json;

  RecordListJson(RecordJson records, JsonGenerator json, String context, @Nullable Long count) {
    this.records = records;
    this.json = json;
    json.writeStartObject();
    json.writeStringProperty("@odata.context", context);
    if (count != null) {
      json.writeNumberProperty("@odata.count", count);
    }
    json.writeArrayPropertyStart("value");
  }

  public void write(RecordImage image) {
    write(RecordTree.of(image));
  }

  public void write(RecordTree tree) {
    records.write(json, null, tree);
  }

  /// @param nextLink where the following page is; null after the last one
  public void end(@Nullable String nextLink) {
    json.writeEndArray();
    if (nextLink != null) {
      json.writeStringProperty("@odata.nextLink", nextLink);
    }
    json.writeEndObject();
    json.flush();
  }

  @Override
  public void close() {
    json.close();
  }
}
