package io.rowstream.odata.json;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.refusal.Refusal.InvalidValue;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntitySets;
import io.rowstream.odata.text.GuidText;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads one body, member by member.
final class PayloadReader {
  private static final String BIND = "@odata.bind";

  private final Columns columns;
  private final EntitySets sets;
  private final @Nullable UUID idInUrl;
  private final Map<String, Value> values = new HashMap<>();
  private @Nullable UUID id;

  PayloadReader(Columns columns, EntitySets sets, @Nullable UUID idInUrl) {
    this.columns = columns;
    this.sets = sets;
    this.idInUrl = idInUrl;
  }

  RecordPayload record(byte[] body) {
    BodyJson.readObject(body, this::take);
    return new RecordPayload(values, id);
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
    return new RecordPayload(values, null);
  }

  private void take(String name, JsonParser json) {
    Column column = columns.find(name);
    if (column instanceof Column.Plain(Attribute attribute)) {
      set(attribute, ValueReader.read(json, columns.entityType(), attribute));
    } else if (column instanceof Column.PrimaryId) {
      takeId(name, json);
    } else if (column == null && name.endsWith(BIND)) {
      bind(name.substring(0, name.length() - BIND.length()), json);
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

  private void bind(String property, JsonParser json) {
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
