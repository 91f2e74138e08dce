package io.rowstream.odata.json;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.header.Annotations;
import io.rowstream.odata.header.ETag;
import io.rowstream.odata.query.Expansion;
import io.rowstream.odata.text.TimeText;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/// Writes records of one entity type as JSON objects: always the etag and the primary id, and the
/// selected columns, as `null` where a record has no value.
///
/// Times are in whole seconds; their full precision is in the annotation `name@rowstream.precise`,
/// on request. Immutable and thread-safe; worth keeping where the same columns are written often.
public final class RecordJson {

  private static final SerializedString CONTEXT = new SerializedString("@odata.context");
  private static final SerializedString ETAG = new SerializedString("@odata.etag");
  private static final int RECORD_BYTES = 1_024;

  private final Column[] columns;
  private final SerializableString[] names;
  private final RecordNames recordNames;
  private final boolean annotateForms;
  private final boolean annotateLookups;
  private final boolean annotateNavigation;
  private final boolean annotateTimes;
  private final Map<String, RecordJson> expanded = new LinkedHashMap<>();

  /// @param select as [Columns#select] gives it
  public RecordJson(List<Column> select, Annotations annotations) {
    this(select, annotations, List.of());
  }

  /// @param expansions what is shown within each record
  public RecordJson(List<Column> select, Annotations annotations, List<Expansion> expansions) {
    this(select, annotations, expansions, RecordNames.NONE);
  }

  /// @param expansions what is shown within each record
  /// @param recordNames the formatted values of lookups
  public RecordJson(
      List<Column> select,
      Annotations annotations,
      List<Expansion> expansions,
      RecordNames recordNames) {
    this.recordNames = recordNames;
    columns = select.toArray(new Column[0]);
    names = new SerializableString[columns.length];
    for (int i = 0; i < columns.length; i++) {
      names[i] = new SerializedString(columns[i].wireName());
    }
    annotateForms = annotations.includes(Annotations.FORMATTED_VALUE);
    annotateLookups = annotations.includes(Annotations.LOOKUP_LOGICAL_NAME);
    annotateNavigation = annotations.includes(Annotations.NAVIGATION_PROPERTY);
    annotateTimes = annotations.includes(Annotations.PRECISE);
    for (Expansion each : expansions) {
      expanded.put(
          each.property(), new RecordJson(each.select(), annotations, each.nested(), recordNames));
    }
  }

  /// Writes every column, without annotations.
  public static RecordJson ofAll(Columns columns) {
    return new RecordJson(columns.all(), Annotations.NONE);
  }

  /// One record as a whole body.
  ///
  /// @param context null to leave `@odata.context` out
  public byte[] body(@Nullable String context, RecordImage image) {
    return body(context, RecordTree.of(image));
  }

  /// One record as a whole body.
  ///
  /// @param context null to leave `@odata.context` out
  public byte[] body(@Nullable String context, RecordTree tree) {
    var bytes = new ByteArrayOutputStream(RECORD_BYTES);
    try (var json = WireJson.to(bytes)) {
      write(json, context, tree);
    }
    return bytes.toByteArray();
  }

  /// A body with many records, written one by one.
  ///
  /// @param out is flushed, but not closed
  /// @param count null to leave `@odata.count` out
  public RecordListJson list(OutputStream out, String context, @Nullable Long count) {
    return new RecordListJson(this, WireJson.to(out), context, count);
  }

  void write(JsonGenerator json, @Nullable String context, RecordTree tree) {
    RecordImage image = tree.image();
    json.writeStartObject();
    if (context != null) {
      json.writeName(CONTEXT);
      json.writeString(context);
    }
    json.writeName(ETAG);
    json.writeString(ETag.of(image.rowVersion()));
    for (int i = 0; i < columns.length; i++) {
      Value value = image.value(columns[i]);
      json.writeName(names[i]);
      WireValue.write(json, value);
      annotate(json, columns[i], value);
    }
    expanded.forEach((property, records) -> {
      var related = tree.related().get(property);
      if (related != null) {
        writeRelated(json, property, records, related);
      }
    });
    json.writeEndObject();
  }

  private static void writeRelated(
      JsonGenerator json, String property, RecordJson records, RecordTree.Related related) {
    json.writeName(property);
    switch (related) {
      case RecordTree.Related.One(var one) -> {
        if (one == null) {
          json.writeNull();
        } else {
          records.write(json, null, one);
        }
      }
      case RecordTree.Related.Many(var many, var nextLink) -> {
        json.writeStartArray();
        many.forEach(each -> records.write(json, null, each));
        json.writeEndArray();
        if (nextLink != null) {
          json.writeStringProperty(property + "@odata.nextLink", nextLink);
        }
      }
    }
  }

  private void annotate(JsonGenerator json, Column column, Value value) {
    RecordRef target = column.target(value);
    if (annotateForms) {
      String form =
          target == null ? FormattedText.of(column.type(), value) : recordNames.of(target);
      if (form != null) {
        annotation(json, column, Annotations.FORMATTED_VALUE, form);
      }
    }
    if (annotateTimes && value instanceof Value.DateTime(var at)) {
      annotation(json, column, Annotations.PRECISE, TimeText.precise(at));
    }
    if (annotateLookups && target != null) {
      annotation(json, column, Annotations.LOOKUP_LOGICAL_NAME, target.entityType());
    }
    if (annotateNavigation && target != null) {
      String property = Columns.navigationProperty(column, target.entityType());
      annotation(json, column, Annotations.NAVIGATION_PROPERTY, property);
    }
  }

  private static void annotation(JsonGenerator json, Column column, String term, String value) {
    json.writeName(column.wireName() + "@" + term);
    json.writeString(value);
  }

  /// One property as a whole body: `{"@odata.context":…,"value":…}`.
  public static byte[] property(String context, Value value) {
    var bytes = new ByteArrayOutputStream(RECORD_BYTES);
    try (var json = WireJson.to(bytes)) {
      json.writeStartObject();
      json.writeName(CONTEXT);
      json.writeString(context);
      json.writeName("value");
      WireValue.write(json, value);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
