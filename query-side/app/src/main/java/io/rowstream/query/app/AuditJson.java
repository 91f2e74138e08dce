package io.rowstream.query.app;

import io.rowstream.language.Value;
import io.rowstream.odata.audit.AuditColumn;
import io.rowstream.odata.column.Column.LookupId;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.header.Annotations;
import io.rowstream.odata.json.WireJson;
import io.rowstream.odata.json.WireValue;
import io.rowstream.odata.text.TimeText;
import io.rowstream.query.projections.history.AuditTrail.Audit;
import io.rowstream.query.projections.history.History;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes entries of the audit trail as Dataverse's SDK shows them, and what they lack there as
/// annotations. Thread-safe.
record AuditJson(Callers callers) {
  private static final String FORMATTED = "@OData.Community.Display.V1.FormattedValue";
  private static final String LOGICAL_NAME = "@" + Annotations.LOOKUP_LOGICAL_NAME;

  /// What `operation` and `action` say of a change; a restored record is a changed one.
  static long operation(History.Entry entry) {
    return switch (entry.operation()) {
      case CREATE -> 1;
      case UPDATE, RESTORE -> 2;
      case DELETE -> 3;
    };
  }

  /// The same for all changes of one command.
  static UUID transaction(History.Entry entry) {
    return UUID.nameUUIDFromBytes(
        ("command/" + entry.commandId()).getBytes(StandardCharsets.UTF_8));
  }

  /// An `AttributeAuditDetail`.
  ///
  /// @param attribute the only one that is wanted; null for all
  void writeDetail(JsonGenerator json, Audit audit, Columns columns, @Nullable String attribute) {
    json.writeStartObject();
    json.writeStringProperty("@odata.type", "#Microsoft.Dynamics.CRM.AttributeAuditDetail");
    json.writeArrayPropertyStart("InvalidNewValueAttributes");
    json.writeEndArray();
    json.writeNumberProperty("LocLabelLanguageCode", 0);
    json.writeObjectPropertyStart("DeletedAttributes");
    json.writeNumberProperty("Count", 0);
    json.writeArrayPropertyStart("Keys");
    json.writeEndArray();
    json.writeArrayPropertyStart("Values");
    json.writeEndArray();
    json.writeEndObject();
    var changes = new TreeMap<>(audit.entry().changes());
    if (attribute != null) {
      changes.keySet().retainAll(Set.of(attribute));
    }
    String type = audit.record().entityType();
    json.writeObjectPropertyStart("OldValue");
    json.writeStringProperty("@odata.type", "#Microsoft.Dynamics.CRM." + type);
    changes.forEach((name, change) -> writeValue(json, name, change.before(), change.after()));
    json.writeEndObject();
    json.writeObjectPropertyStart("NewValue");
    json.writeStringProperty("@odata.type", "#Microsoft.Dynamics.CRM." + type);
    changes.forEach((name, change) -> writeValue(json, name, change.after(), change.before()));
    json.writeEndObject();
    json.writeObjectPropertyStart("AuditRecord");
    json.writeStringProperty("@odata.type", "#Microsoft.Dynamics.CRM.audit");
    writeMembers(json, audit, columns, EnumSet.complementOf(EnumSet.of(AuditColumn.CHANGE_DATA)));
    json.writeEndObject();
    json.writeEndObject();
  }

  /// @param other what it was or became, which tells a lookup that is empty
  private static void writeValue(JsonGenerator json, String attribute, Value value, Value other) {
    boolean lookup = value instanceof Value.Lookup || other instanceof Value.Lookup;
    String name = lookup ? LookupId.wireName(attribute) : attribute;
    json.writeName(name);
    WireValue.write(json, value);
    if (value instanceof Value.DateTime(var at)) {
      json.writeStringProperty(name + "@" + Annotations.PRECISE, TimeText.precise(at));
    } else if (value instanceof Value.Lookup(var target)) {
      json.writeStringProperty(name + LOGICAL_NAME, target.entityType());
    }
  }

  /// A row of `audits`.
  void writeRow(JsonGenerator json, Audit audit, Columns columns, Set<AuditColumn> select) {
    json.writeStartObject();
    writeMembers(json, audit, columns, select);
    json.writeEndObject();
  }

  /// The members of an object that has begun.
  void writeMembers(JsonGenerator json, Audit audit, Columns columns, Set<AuditColumn> select) {
    for (AuditColumn column : AuditColumn.values()) {
      if (select.contains(column)) {
        write(json, column, audit);
      }
    }
    History.Entry entry = audit.entry();
    json.writeNumberProperty("@rowstream.rowVersion", entry.version());
    json.writeNumberProperty("@rowstream.position", entry.position());
    json.writeStringProperty("@rowstream.commandId", entry.commandId());
    if (entry.clientId() != null) {
      json.writeStringProperty("@rowstream.clientId", entry.clientId());
    }
    json.writeStringProperty(
        "@rowstream.operation", entry.operation().name().toLowerCase(Locale.ROOT));
    if (entry.restoredFrom() != null) {
      json.writeNumberProperty("@rowstream.restoredFrom", entry.restoredFrom());
    }
    json.writeBooleanProperty("@rowstream.merged", entry.merged());
    json.writeBooleanProperty("@rowstream.forced", entry.forced());
    if (!entry.overwrote().isEmpty()) {
      json.writeArrayPropertyStart("@rowstream.overwrote");
      new TreeSet<>(entry.overwrote()).forEach(name -> json.writeString(columns.wireNameOf(name)));
      json.writeEndArray();
    }
  }

  private void write(JsonGenerator json, AuditColumn column, Audit audit) {
    History.Entry entry = audit.entry();
    String name = column.wireName();
    switch (column) {
      case ID -> json.writeStringProperty(name, audit.id().toString());
      case CREATED_ON -> {
        json.writeStringProperty(name, TimeText.seconds(entry.on()));
        json.writeStringProperty(name + "@" + Annotations.PRECISE, TimeText.precise(entry.on()));
      }
      case OPERATION, ACTION -> json.writeNumberProperty(name, operation(entry));
      case OBJECT_TYPE -> json.writeStringProperty(name, audit.record().entityType());
      case OBJECT -> {
        json.writeStringProperty(name, audit.record().id().toString());
        json.writeStringProperty(name + LOGICAL_NAME, audit.record().entityType());
      }
      case USER -> {
        json.writeStringProperty(name, entry.by().toString());
        json.writeStringProperty(name + FORMATTED, callers.fullname(entry.by()));
      }
      case TRANSACTION -> json.writeStringProperty(name, transaction(entry).toString());
      case CALLING_USER, ATTRIBUTE_MASK -> json.writeNullProperty(name);
      case CHANGE_DATA -> json.writeStringProperty(name, changeData(entry));
    }
  }

  /// As Dataverse has it: JSON within a text, all values as texts.
  private static String changeData(History.Entry entry) {
    var bytes = new ByteArrayOutputStream(256);
    try (var json = WireJson.to(bytes)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("changedAttributes");
      new TreeMap<>(entry.changes())
          .forEach((name, change) -> {
            json.writeStartObject();
            json.writeStringProperty("logicalName", name);
            json.writeStringProperty("oldValue", text(change.before()));
            json.writeStringProperty("newValue", text(change.after()));
            json.writeEndObject();
          });
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static @Nullable String text(Value value) {
    return switch (value) {
      case Value.Empty _ -> null;
      case Value.Lookup(var target) -> target.entityType() + "," + target.id();
      case Value _ -> WireValue.text(value);
    };
  }
}
