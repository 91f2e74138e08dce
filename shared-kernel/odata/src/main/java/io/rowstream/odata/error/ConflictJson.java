package io.rowstream.odata.error;

import io.rowstream.language.Value;
import io.rowstream.language.refusal.ConflictingAttribute;
import io.rowstream.language.refusal.Refusal.RecordIsDeleted;
import io.rowstream.language.refusal.Refusal.VersionMismatch;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.header.Annotations;
import io.rowstream.odata.header.ETag;
import io.rowstream.odata.json.WireValue;
import io.rowstream.odata.text.TimeText;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The details of an error that tell what others have done to the record in the meantime.
final class ConflictJson {
  private final Function<UUID, @Nullable String> fullnames;
  private final Function<String, @Nullable Columns> columns;

  ConflictJson(
      Function<UUID, @Nullable String> fullnames, Function<String, @Nullable Columns> columns) {
    this.fullnames = fullnames;
    this.columns = columns;
  }

  /// `@rowstream.conflict`: everything a merge screen needs. Attributes go by the names they have
  /// as columns, so that a form finds its fields.
  void write(JsonGenerator json, VersionMismatch mismatch) {
    json.writeObjectPropertyStart("@rowstream.conflict");
    json.writeStringProperty("recordId", mismatch.record().id().toString());
    json.writeName("expectedVersion");
    if (mismatch.expectedVersion() == ETag.NEVER) {
      json.writeNull();
    } else {
      json.writeNumber(mismatch.expectedVersion());
    }
    json.writeNumberProperty("currentVersion", mismatch.currentVersion());
    json.writeBooleanProperty("mergeable", mismatch.mergeable());
    json.writeArrayPropertyStart("attributes");
    Columns known = columns.apply(mismatch.record().entityType());
    for (ConflictingAttribute attribute : mismatch.attributes()) {
      String name = known == null ? attribute.name() : known.wireNameOf(attribute.name());
      write(json, name, attribute);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(JsonGenerator json, String name, ConflictingAttribute attribute) {
    json.writeStartObject();
    json.writeStringProperty("name", name);
    value(json, "base", attribute.base());
    value(json, "theirs", attribute.theirs());
    if (attribute.mine() != null) {
      value(json, "mine", attribute.mine());
    }
    json.writeNumberProperty("rowVersion", attribute.rowVersion());
    person(json, "modifiedBy", attribute.modifiedBy());
    json.writeStringProperty("modifiedOn", TimeText.precise(attribute.modifiedOn()));
    json.writeBooleanProperty("clash", attribute.clash());
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, String name, Value value) {
    json.writeName(name);
    WireValue.writePrecise(json, value);
    if (value instanceof Value.Lookup(var target)) {
      json.writeStringProperty(name + "@" + Annotations.LOOKUP_LOGICAL_NAME, target.entityType());
    }
  }

  private void person(JsonGenerator json, String name, UUID id) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("id", id.toString());
    json.writeStringProperty("fullname", fullnames.apply(id));
    json.writeEndObject();
  }

  /// `@rowstream.deleted`: who ended the record, and when.
  void writeDeleted(JsonGenerator json, RecordIsDeleted deleted) {
    json.writeObjectPropertyStart("@rowstream.deleted");
    json.writeStringProperty("recordId", deleted.record().id().toString());
    json.writeNumberProperty("rowVersion", deleted.rowVersion());
    person(json, "deletedBy", deleted.by());
    json.writeStringProperty("deletedOn", TimeText.precise(deleted.on()));
    json.writeEndObject();
  }
}
