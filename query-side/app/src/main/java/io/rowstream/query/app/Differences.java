package io.rowstream.query.app;

import io.rowstream.eventlog.RecordLog;
import io.rowstream.language.Value;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.header.Annotations;
import io.rowstream.odata.json.WireJson;
import io.rowstream.odata.json.WireValue;
import io.rowstream.odata.text.TimeText;
import io.rowstream.odata.url.VersionRange;
import io.rowstream.query.app.SingleRecords.Target;
import io.rowstream.query.projections.current.CurrentRecords;
import io.rowstream.query.projections.history.Difference;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;

/// Answers how two versions of a record differ, and whose changes that is due to. Thread-safe;
/// callers wait for PostgreSQL.
record Differences(CurrentRecords records, RecordLog log, Callers callers) {

  Answer difference(ReadRequest request, Target target) {
    Histories.requireShown(target.set().type());
    var range = VersionRange.parse(request.query());
    var notThere = new RefusedException(new Refusal.RecordNotFound(target.record()));
    long latest = records.byId(target.record()).orElseThrow(() -> notThere).version();
    Long asked = range.to();
    long to = asked == null ? latest : asked;
    if (to > latest || range.from() > to) {
      throw notThere;
    }
    if (to - range.from() > VersionRange.VERSIONS_MAX) {
      throw BadRequest.query(
          "There are more than " + VersionRange.VERSIONS_MAX + " versions in between.");
    }
    var difference = Difference.read(log, target.record(), range.from(), to);
    return Answer.json(body(request, target, range.from(), to, difference));
  }

  private byte[] body(
      ReadRequest request, Target target, long from, long to, Difference difference) {
    var bytes = new ByteArrayOutputStream(512);
    try (var json = WireJson.to(bytes)) {
      json.writeStartObject();
      json.writeStringProperty(
          "@odata.context", request.root().url() + "$metadata#rowstream.difference");
      json.writeStringProperty("id", target.record().id().toString());
      json.writeNumberProperty("from", from);
      json.writeNumberProperty("to", to);
      json.writeBooleanProperty("deletedAtFrom", difference.deletedBefore());
      json.writeBooleanProperty("deletedAtTo", difference.deletedAfter());
      json.writeArrayPropertyStart("attributes");
      difference
          .attributes()
          .forEach((name, attribute) -> write(json, target.set().columns(), name, attribute));
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void write(
      JsonGenerator json, Columns columns, String name, Difference.Attribute attribute) {
    var last = attribute.last();
    json.writeStartObject();
    json.writeStringProperty("name", columns.wireNameOf(name));
    writeValue(json, "old", attribute.before());
    writeValue(json, "new", attribute.after());
    json.writeNumberProperty("rowVersion", last.version());
    json.writeObjectPropertyStart("modifiedBy");
    json.writeStringProperty("id", last.by().toString());
    json.writeStringProperty("fullname", callers.fullname(last.by()));
    json.writeEndObject();
    json.writeStringProperty("modifiedOn", TimeText.precise(last.on()));
    json.writeStringProperty("commandId", last.commandId());
    json.writeEndObject();
  }

  private static void writeValue(JsonGenerator json, String name, Value value) {
    json.writeName(name);
    WireValue.writePrecise(json, value);
    if (value instanceof Value.Lookup(var target)) {
      json.writeStringProperty(name + "@" + Annotations.LOOKUP_LOGICAL_NAME, target.entityType());
    }
  }
}
