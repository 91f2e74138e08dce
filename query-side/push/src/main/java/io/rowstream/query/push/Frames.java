package io.rowstream.query.push;

import io.rowstream.eventlog.Cursor;
import io.rowstream.eventlog.CursorSeal;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.ClaimEvent;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.OptionSetEvent;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.odata.json.WireValue;
import io.rowstream.query.eventfeed.Unit;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonpCharacterEscapes;

/// Writes frames: the SSE event, its cursor as `id`, and its JSON on one line. Thread-safe.
///
/// Values and their names are those of the Web API, so that a client can lay a change over the
/// record it has read; only date-times have all their digits.
final class Frames {
  // U+2028 and U+2029 are escaped: some clients end a line there.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .characterEscapes(JsonpCharacterEscapes.instance())
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private final UUID epoch;
  private final CursorSeal seal;
  private final WatchCatalogue catalogue;
  private final Function<UUID, @Nullable String> people;

  Frames(
      UUID epoch,
      CursorSeal seal,
      WatchCatalogue catalogue,
      Function<UUID, @Nullable String> people) {
    this.epoch = epoch;
    this.seal = seal;
    this.catalogue = catalogue;
    this.people = people;
  }

  /// What of the unit the filter lets through; empty if nothing.
  Optional<Frame> change(Unit unit, WatchFilter filter, long digest) {
    var matching = unit.events().stream().filter(filter::matches).toList();
    if (matching.isEmpty()) {
      return Optional.empty();
    }
    var last = matching.getLast();
    long position = last.position() + last.remaining();
    return Optional.of(
        event(
            "change",
            position,
            cursor(position, digest),
            json -> {
              json.writeNumberProperty("position", position);
              json.writeStringProperty("committedOn", last.committedOn().toString());
              writeOrigin(json, last.origin());
              json.writeArrayPropertyStart("changes");
              matching.forEach(event -> writeChange(json, event, filter));
              json.writeEndArray();
            }));
  }

  private void writeOrigin(JsonGenerator json, LoggedEvent.Origin origin) {
    json.writeStringProperty("commandId", origin.commandId());
    json.writeStringProperty("clientId", origin.clientId());
    json.writeObjectPropertyStart("actor");
    json.writeStringProperty("id", origin.actor().toString());
    json.writeStringProperty("fullname", people.apply(origin.actor()));
    json.writeEndObject();
  }

  private void writeChange(JsonGenerator json, LoggedEvent logged, WatchFilter filter) {
    switch (logged.event()) {
      case EntityTypeDefined _, EntityTypeRemoved _, OptionSetEvent _, ClaimEvent _ -> {}
      case RecordEvent event -> {
        json.writeStartObject();
        writeRecord(json, logged.record(), logged.version());
        json.writeStringProperty("operation", operation(event));
        json.writeObjectPropertyStart("attributes");
        event
            .changes()
            .forEach((name, change) -> {
              if (filter.shows(name)) {
                WireValue.writeChange(json, name, change);
              }
            });
        json.writeEndObject();
        json.writeBooleanProperty("merged", event.isMerged());
        json.writeBooleanProperty("forced", event.isForced());
        json.writeEndObject();
      }
    }
  }

  private static String operation(RecordEvent event) {
    return switch (event) {
      case RecordCreated _ -> "create";
      case RecordUpdated _ -> "update";
      case RecordDeleted _ -> "delete";
      case RecordRestored _ -> "restore";
    };
  }

  private void writeRecord(JsonGenerator json, RecordRef record, long version) {
    json.writeStringProperty("entity", record.entityType());
    json.writeStringProperty(
        "set", catalogue.byName(record.entityType()).map(EntityType::setName).orElse(null));
    json.writeStringProperty("id", record.id().toString());
    json.writeNumberProperty("rowVersion", version);
  }

  /// One record of an initial state at `position`.
  Frame snapshot(Snapshots.Item item, long position, WatchFilter filter, long digest) {
    return event(
        "snapshot",
        position,
        seal.seal(new Cursor(epoch, position, digest, item.record())),
        json -> {
          writeRecord(json, item.record(), item.rowVersion());
          json.writeObjectPropertyStart("attributes");
          writeValues(json, item.values(), filter);
          json.writeEndObject();
        });
  }

  private static void writeValues(
      JsonGenerator json, Map<String, Value> values, WatchFilter filter) {
    values.forEach((name, value) -> {
      if (filter.shows(name)) {
        WireValue.writeAttribute(json, name, value);
      }
    });
  }

  /// A frame that says where the watch stands: `bookmark`, `caught-up` …
  Frame mark(String name, long position, long digest) {
    return event(
        name,
        position,
        cursor(position, digest),
        json -> json.writeNumberProperty("position", position));
  }

  /// The last frame of a watch that cannot go on. Its empty `id` makes a browser forget the cursor,
  /// so that it begins anew when it reconnects.
  static Frame reset(ResetReason reason, long position) {
    return event(
        "reset",
        position,
        "",
        json -> {
          json.writeStringProperty("reason", reason.text());
          json.writeNumberProperty("position", position);
        });
  }

  /// The cursor of a client that has everything up to `position`.
  String cursor(long position, long digest) {
    return seal.seal(new Cursor(epoch, position, digest));
  }

  private static Frame event(
      String name, long position, String id, Consumer<JsonGenerator> members) {
    var bytes = new ByteArrayOutputStream(512);
    byte[] head = Frame.head(id, name);
    bytes.writeBytes(head);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    bytes.write('\n');
    bytes.write('\n');
    return new Frame(position, name, head.length, bytes.toByteArray());
  }
}
