package io.rowstream.odata.json;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.refusal.Refusal.InvalidValue;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.column.EntitySets;
import io.rowstream.odata.text.GuidText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads one body, member by member.
final class PayloadReader {
  private static final String BIND = "@odata.bind";

  private final Columns columns;
  private final EntitySets sets;
  private final @Nullable UUID idInUrl;
  private final AtomicInteger rows;
  private final Map<String, Value> values = new HashMap<>();
  private final List<NestedRow> nested = new ArrayList<>();
  private @Nullable UUID id;
  private @Nullable String etag;

  PayloadReader(Columns columns, EntitySets sets, @Nullable UUID idInUrl) {
    this(columns, sets, idInUrl, new AtomicInteger(1));
  }

  /// @param rows of the whole body so far
  private PayloadReader(
      Columns columns, EntitySets sets, @Nullable UUID idInUrl, AtomicInteger rows) {
    this.columns = columns;
    this.sets = sets;
    this.idInUrl = idInUrl;
    this.rows = rows;
  }

  RecordPayload record(byte[] body) {
    BodyJson.readObject(body, this::take);
    return payload();
  }

  private RecordPayload payload() {
    return new RecordPayload(values, id, etag, nested);
  }

  RecordPayload property(byte[] body, String wireName) {
    Attribute attribute = writable(columns, wireName);
    BodyJson.readObject(
        body,
        (name, json) -> {
          if (name.equals("value")) {
            set(attribute, ValueReader.read(json, columns.entityType(), attribute));
          } else if (!isAnnotation(name)) {
            throw invalid(
                columns, name, "a body that sets one property has only the member 'value'");
          }
        });
    if (values.isEmpty()) {
      throw BadRequest.payload("The body has no member 'value'.");
    }
    return payload();
  }

  private void take(String name, JsonParser json) {
    Column column = columns.find(name);
    if (column instanceof Column.Plain(Attribute attribute)) {
      set(attribute, ValueReader.read(json, columns.entityType(), attribute));
    } else if (column instanceof Column.PrimaryId) {
      takeId(name, json);
    } else if (column == null && name.endsWith(BIND)) {
      bind(name.substring(0, name.length() - BIND.length()), json);
    } else if (column == null && json.currentToken() == JsonToken.START_OBJECT) {
      takeOne(name, json);
    } else if (column == null && json.currentToken() == JsonToken.START_ARRAY) {
      takeReferring(name, json);
    } else if (name.equals("@odata.etag")) {
      etag = json.getValueAsString();
    } else if (column != null || !isAnnotation(name)) {
      throw notWritable(columns, name);
    } else {
      json.skipChildren();
    }
  }

  private void set(Attribute attribute, Value value) {
    if (values.put(attribute.name(), value) != null) {
      throw invalid(columns, attribute.name(), "it is set twice");
    }
  }

  private void takeId(String name, JsonParser json) {
    UUID given =
        json.currentToken() == JsonToken.VALUE_STRING ? GuidText.parse(json.getString()) : null;
    if (given == null) {
      throw invalid(columns, name, "a guid is expected");
    }
    if (idInUrl != null && !idInUrl.equals(given)) {
      throw invalid(columns, name, "it is not the id in the URL");
    }
    id = given;
  }

  private void takeOne(String name, JsonParser json) {
    Columns.Binding binding = columns.binding(name);
    Columns target = binding == null ? null : sets.ofType(binding.target());
    if (binding == null || target == null) {
      skipAnnotation(name, json);
      return;
    }
    set(binding.attribute(), Value.empty());
    nested.add(new NestedRow.One(binding.attribute(), target, row(target, json)));
  }

  private void takeReferring(String name, JsonParser json) {
    var collection = sets.collection(columns.entityType().name(), name);
    if (collection == null) {
      skipAnnotation(name, json);
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw invalid(columns, name, "its members are rows");
      }
      nested.add(
          new NestedRow.Referring(
              collection.lookup(), collection.columns(), row(collection.columns(), json)));
    }
  }

  private void skipAnnotation(String name, JsonParser json) {
    if (!isAnnotation(name)) {
      throw notWritable(columns, name);
    }
    json.skipChildren();
  }

  private RecordPayload row(Columns inner, JsonParser json) {
    countRow();
    var reader = new PayloadReader(inner, sets, null, rows);
    BodyJson.readMembers(json, reader::take);
    return reader.payload();
  }

  private void countRow() {
    if (rows.incrementAndGet() > RecordPayload.ROWS_MAX) {
      throw BadRequest.payload("The body has more than " + RecordPayload.ROWS_MAX + " rows.");
    }
  }

  private void bindAll(String property, EntityModel.Collection collection, JsonParser json) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String referring = collection.columns().entityType().name();
      RecordRef record =
          json.currentToken() == JsonToken.VALUE_STRING
              ? Reference.parse(json.getString(), sets)
              : null;
      if (record == null || !record.entityType().equals(referring)) {
        throw invalid(
            columns, property + BIND, "references to one " + referring + " each are expected");
      }
      countRow();
      nested.add(new NestedRow.Bound(collection.lookup(), record));
    }
  }

  private void bind(String property, JsonParser json) {
    var collection =
        json.currentToken() == JsonToken.START_ARRAY
            ? sets.collection(columns.entityType().name(), property)
            : null;
    if (collection != null) {
      bindAll(property, collection, json);
      return;
    }
    Columns.Binding binding = columns.binding(property);
    if (binding == null) {
      throw invalid(columns, property + BIND, noBinding(property));
    }
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      set(binding.attribute(), Value.empty());
      return;
    }
    RecordRef target =
        json.currentToken() == JsonToken.VALUE_STRING
            ? Reference.parse(json.getString(), sets)
            : null;
    if (target == null || !target.entityType().equals(binding.target())) {
      throw invalid(
          columns,
          property + BIND,
          "a reference to one " + binding.target() + " by its id is expected, or null");
    }
    set(binding.attribute(), new Value.Lookup(target));
  }

  private String noBinding(String property) {
    Attribute attribute = columns.entityType().attribute(property);
    return attribute != null && columns.find(Column.LookupId.wireName(property)) != null
        ? "it refers to several entity types; name one: " + property + "_<entity type>" + BIND
        : "there is no such navigation property";
  }

  /// The attribute a client may set under this name.
  static Attribute writable(Columns columns, String wireName) {
    if (columns.find(wireName) instanceof Column.Plain(Attribute attribute)) {
      return attribute;
    }
    throw notWritable(columns, wireName);
  }

  private static RefusedException notWritable(Columns columns, String name) {
    Column column = columns.find(name);
    String reason =
        switch (column) {
          case null ->
              columns.entityType().attribute(name) == null
                  ? "there is no such attribute"
                  : "a lookup is set by binding its navigation property: " + name + BIND;
          case Column.LookupId _ -> "it can only be read; bind the navigation property instead";
          case Column.PrimaryId _ -> "the id of a record does not change";
          case Column.Plain _, Column.Stamp _ -> "it can only be read";
        };
    return invalid(columns, name, reason);
  }

  /// Whether a member is an annotation that changes nothing: one of a namespace, or one of OData
  /// itself that readers get.
  private static boolean isAnnotation(String name) {
    int at = name.indexOf('@');
    if (at < 0) {
      return false;
    }
    String term = name.substring(at + 1);
    return switch (term) {
      case "odata.context",
          "odata.etag",
          "odata.type",
          "odata.id",
          "odata.count",
          "odata.editLink",
          "odata.readLink",
          "odata.nextLink",
          "odata.navigationLink",
          "odata.associationLink" ->
          true;
      default -> term.indexOf('.') > 0 && !term.startsWith("odata.");
    };
  }

  private static RefusedException invalid(Columns columns, String attribute, String reason) {
    return new RefusedException(new InvalidValue(columns.entityType().name(), attribute, reason));
  }
}
