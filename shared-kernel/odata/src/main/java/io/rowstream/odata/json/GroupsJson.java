package io.rowstream.odata.json;

import io.rowstream.language.Value;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.header.Annotations;
import io.rowstream.odata.query.Aggregation;
import io.rowstream.odata.url.Apply;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes groups of records as JSON, as Dataverse does: what a group has no value for is left out.
public final class GroupsJson {
  private static final int BODY_BYTES = 4_096;
  private static final AttributeType NUMBER = new AttributeType.BigInteger();

  private final Aggregation asked;
  private final boolean annotateForms;
  private final boolean annotateLookups;
  private final RecordNames names;

  /// What the records of a group agree in and what is told of them, in the order of the query.
  public record Group(List<Value> keys, List<Value> aggregates) {
    public Group {
      keys = List.copyOf(keys);
      aggregates = List.copyOf(aggregates);
    }
  }

  /// @param names of the records that lookups among the keys refer to
  public GroupsJson(Aggregation asked, Annotations annotations, RecordNames names) {
    this.asked = asked;
    this.names = names;
    annotateForms = annotations.includes(Annotations.FORMATTED_VALUE);
    annotateLookups = annotations.includes(Annotations.LOOKUP_LOGICAL_NAME);
  }

  /// @param nextLink where the following page is; null after the last one
  public byte[] body(String context, List<Group> groups, @Nullable String nextLink) {
    var bytes = new ByteArrayOutputStream(BODY_BYTES);
    try (var json = WireJson.to(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("@odata.context", context);
      json.writeArrayPropertyStart("value");
      groups.forEach(group -> write(json, group));
      json.writeEndArray();
      if (nextLink != null) {
        json.writeStringProperty("@odata.nextLink", nextLink);
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void write(JsonGenerator json, Group group) {
    json.writeStartObject();
    for (int i = 0; i < asked.keys().size(); i++) {
      var key = asked.keys().get(i);
      Value value = group.keys.get(i);
      Column column = key.column().column();
      var target = column.target(value);
      if (annotateLookups && target != null) {
        annotation(json, key.name(), Annotations.LOOKUP_LOGICAL_NAME, target.entityType());
      }
      write(
          json,
          key.name(),
          value,
          target == null ? FormattedText.of(column.type(), value) : names.of(target));
    }
    for (int i = 0; i < asked.aggregates().size(); i++) {
      var aggregate = asked.aggregates().get(i);
      Value value = group.aggregates.get(i);
      write(json, aggregate.name(), value, FormattedText.of(type(aggregate), value));
    }
    json.writeEndObject();
  }

  private static AttributeType type(Aggregation.Aggregate aggregate) {
    return aggregate.column() == null || aggregate.method() == Apply.Method.COUNT_DISTINCT
        ? NUMBER
        : aggregate.column().column().type();
  }

  private void write(JsonGenerator json, String name, Value value, @Nullable String form) {
    if (value.isEmpty()) {
      return;
    }
    if (annotateForms && form != null) {
      annotation(json, name, Annotations.FORMATTED_VALUE, form);
    }
    json.writeName(name);
    WireValue.write(json, value);
  }

  private static void annotation(JsonGenerator json, String name, String term, String value) {
    json.writeStringProperty(name + "@" + term, value);
  }
}
