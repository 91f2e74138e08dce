package io.rowstream.odata.json;

import io.rowstream.language.Change;
import io.rowstream.language.Value;
import io.rowstream.odata.column.Column.LookupId;
import io.rowstream.odata.header.Annotations;
import io.rowstream.odata.text.TimeText;
import tools.jackson.core.JsonGenerator;

/// Values as they stand on the wire. A lookup is the guid of its target.
public final class WireValue {

  private WireValue() {}

  /// Writes a value as Dataverse clients expect it in a column: times in whole seconds.
  public static void write(JsonGenerator json, Value value) {
    if (value instanceof Value.DateTime(var at)) {
      json.writeString(TimeText.seconds(at));
    } else {
      writePrecise(json, value);
    }
  }

  /// Writes a value as our own annotations and frames carry it: times in full precision.
  public static void writePrecise(JsonGenerator json, Value value) {
    switch (value) {
      case Value.Empty _ -> json.writeNull();
      case Value.Text text -> json.writeString(text.text());
      case Value.Whole whole -> json.writeNumber(whole.number());
      case Value.Decimal decimal -> json.writeNumber(decimal.number());
      case Value.YesNo yesNo -> json.writeBoolean(yesNo.yes());
      case Value.DateTime time -> json.writeString(TimeText.precise(time.at()));
      case Value.Guid guid -> json.writeString(guid.id().toString());
      case Value.Lookup lookup -> json.writeString(lookup.target().id().toString());
    }
  }

  /// Writes a change as history and watch frames carry it: `"jobtitle":{"old":"CTO","new":null}`. A
  /// lookup stands under the name of its column, with the entity types it refers to.
  public static void writeChange(JsonGenerator json, String attribute, Change change) {
    boolean lookup =
        change.before() instanceof Value.Lookup || change.after() instanceof Value.Lookup;
    json.writeObjectPropertyStart(lookup ? LookupId.wireName(attribute) : attribute);
    writeNamed(json, "old", change.before());
    writeNamed(json, "new", change.after());
    json.writeEndObject();
  }

  /// Writes an attribute as snapshot frames carry it. See [#writeChange] for lookups.
  public static void writeAttribute(JsonGenerator json, String attribute, Value value) {
    writeNamed(
        json, value instanceof Value.Lookup ? LookupId.wireName(attribute) : attribute, value);
  }

  private static void writeNamed(JsonGenerator json, String name, Value value) {
    json.writeName(name);
    writePrecise(json, value);
    if (value instanceof Value.Lookup(var target)) {
      json.writeStringProperty(name + "@" + Annotations.LOOKUP_LOGICAL_NAME, target.entityType());
    }
  }

  /// A value as plain text, without quotes: what `/$value` answers. Empty for no value.
  public static String text(Value value) {
    return switch (value) {
      case Value.Empty _ -> "";
      case Value.Text text -> text.text();
      case Value.Whole whole -> Long.toString(whole.number());
      case Value.Decimal decimal -> decimal.number().toPlainString();
      case Value.YesNo yesNo -> Boolean.toString(yesNo.yes());
      case Value.DateTime time -> TimeText.seconds(time.at());
      case Value.Guid guid -> guid.id().toString();
      case Value.Lookup lookup -> lookup.target().id().toString();
    };
  }
}
