package io.rowstream.odata.json;

import java.util.UUID;
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

  /// Says that a record is no longer among those listed.
  ///
  /// @param context of all that are removed
  /// @param reason `deleted`, or `changed` when it is there and no longer matches
  public void writeRemoved(String context, UUID id, String reason) {
    json.writeStartObject();
    json.writeStringProperty("@odata.context", context);
    json.writeStringProperty("id", id.toString());
    json.writeStringProperty("reason", reason);
    json.writeEndObject();
  }

  /// @param nextLink where the following page is; null after the last one
  public void end(@Nullable String nextLink) {
    end(nextLink, null);
  }

  /// @param nextLink where the following page is; null after the last one
  /// @param deltaLink where later changes are; null when they are not asked for, or not yet
  public void end(@Nullable String nextLink, @Nullable String deltaLink) {
    json.writeEndArray();
    if (nextLink != null) {
      json.writeStringProperty("@odata.nextLink", nextLink);
    }
    if (deltaLink != null) {
      json.writeStringProperty("@odata.deltaLink", deltaLink);
    }
    json.writeEndObject();
    json.flush();
  }

  @Override
  public void close() {
    json.close();
  }
}
