package io.rowstream.odata.json;

import io.rowstream.language.Value;
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
