package io.rowstream.eventlog;

import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.event.ClaimEvent.Claimed;
import io.rowstream.language.event.ClaimEvent.Released;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.OptionSetEvent.OptionSetDefined;
import io.rowstream.language.event.OptionSetEvent.OptionSetRemoved;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The payload of an event in the log: one JSON object in UTF-8.
///
/// `{"event":"updated","shape":1,"command":"…","client":"…","actor":"…","changes":{"name":["a","b"]}}`.
/// `shape` counts the ways this event has been written over time; every one stays readable. Unknown
/// members are an error: they come from a newer version whose events this one would misread.
public final class EventJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int SHAPE = 1;

  private EventJson() {}

  /// What a payload says.
  public record Entry(Origin origin, LogEvent event) {}

  public static byte[] write(Origin origin, LogEvent event) {
    var bytes = new ByteArrayOutputStream(512);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("event", name(event));
      json.writeNumberProperty("shape", SHAPE);
      json.writeStringProperty("command", origin.commandId());
      if (origin.clientId() != null) {
        json.writeStringProperty("client", origin.clientId());
      }
      json.writeStringProperty("actor", origin.actor().toString());
      writeFacts(json, event);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static String name(LogEvent event) {
    return switch (event) {
      case RecordCreated _ -> "created";
      case RecordUpdated _ -> "updated";
      case RecordDeleted _ -> "deleted";
      case RecordRestored _ -> "restored";
      case EntityTypeDefined _ -> "entity-type-defined";
      case EntityTypeRemoved _ -> "entity-type-removed";
      case OptionSetDefined _ -> "option-set-defined";
      case OptionSetRemoved _ -> "option-set-removed";
      case Claimed _ -> "claimed";
      case Released _ -> "released";
    };
  }

  private static void writeFacts(JsonGenerator json, LogEvent event) {
    switch (event) {
      case RecordCreated created -> writeValues(json, created.values());
      case RecordUpdated updated -> {
        writeChanges(json, updated.changes());
        if (updated.merged()) {
          json.writeBooleanProperty("merged", true);
        }
        writeForce(json, updated.forced(), updated.overwrote());
      }
      case RecordDeleted deleted -> {
        writeValues(json, deleted.values());
        writeForce(json, deleted.forced(), deleted.overwrote());
      }
      case RecordRestored restored -> {
        writeChanges(json, restored.changes());
        json.writeNumberProperty("as", restored.as());
        writeForce(json, restored.forced(), restored.overwrote());
      }
      case EntityTypeDefined defined -> {
        json.writeName("type");
        EntityTypeJson.write(json, defined.type());
      }
      case OptionSetDefined(OptionSet set, Set<String> usedBy) -> {
        json.writeName("set");
        OptionSetJson.write(json, set);
        json.writeArrayPropertyStart("users");
        usedBy.stream().sorted().forEach(json::writeString);
        json.writeEndArray();
      }
      case EntityTypeRemoved(String name) -> json.writeStringProperty("name", name);
      case OptionSetRemoved(String name) -> json.writeStringProperty("name", name);
      case Claimed(RecordRef by) -> json.writeStringProperty("by", by.toString());
      case Released _ -> {}
    }
  }

  private static void writeValues(JsonGenerator json, Map<String, Value> values) {
    json.writeName("values");
    ValueJson.write(json, values);
  }

  private static void writeChanges(JsonGenerator json, Map<String, Change> changes) {
    json.writeObjectPropertyStart("changes");
    changes.forEach((attribute, change) -> {
      json.writeArrayPropertyStart(attribute);
      ValueJson.write(json, change.before());
      ValueJson.write(json, change.after());
      json.writeEndArray();
    });
    json.writeEndObject();
  }

  private static void writeForce(JsonGenerator json, boolean forced, Set<String> overwrote) {
    if (forced) {
      json.writeBooleanProperty("forced", true);
    }
    if (!overwrote.isEmpty()) {
      json.writeArrayPropertyStart("overwrote");
      overwrote.forEach(json::writeString);
      json.writeEndArray();
    }
  }

  /// @throws IllegalArgumentException if the payload is not one that any version has written
  public static Entry read(byte[] payload) {
    var facts = new Facts();
    try (var json = JSON.createParser(ObjectReadContext.empty(), payload)) {
      json.nextToken();
      Tokens.expect(JsonToken.START_OBJECT, json);
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        facts.take(name, json);
      }
      Tokens.expect(JsonToken.END_OBJECT, json);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("an event is one JSON object");
      }
    } catch (JacksonException e) {
      // Without the cause, whose message may quote values.
      throw new IllegalArgumentException("not the JSON of an event, at " + e.getLocation());
    }
    return facts.entry();
  }

  /// The members of a payload, in whatever order they come.
  private static final class Facts {
    private @Nullable String event;
    private int shape;
    private @Nullable String command;
    private @Nullable String client;
    private @Nullable UUID actor;
    private Map<String, Value> values = Map.of();
    private Map<String, Change> changes = Map.of();
    private Set<String> overwrote = Set.of();
    private boolean merged;
    private boolean forced;
    private long as;
    private @Nullable EntityType type;
    private @Nullable OptionSet set;
    private Set<String> users = Set.of();
    private @Nullable String name;
    private @Nullable RecordRef by;

    void take(String member, JsonParser json) {
      switch (member) {
        case "event" -> event = Tokens.text(json);
        case "shape" -> shape = json.getIntValue();
        case "command" -> command = Tokens.text(json);
        case "client" -> client = Tokens.text(json);
        case "actor" -> actor = UUID.fromString(Tokens.text(json));
        case "values" -> values = ValueJson.readAll(json);
        case "changes" -> changes = readChanges(json);
        case "merged" -> merged = json.getBooleanValue();
        case "forced" -> forced = json.getBooleanValue();
        case "as" -> as = json.getLongValue();
        case "overwrote" -> overwrote = Tokens.texts(json);
        case "type" -> type = EntityTypeJson.read(json);
        case "set" -> set = OptionSetJson.read(json);
        case "users" -> users = Tokens.texts(json);
        case "name" -> name = Tokens.text(json);
        case "by" -> by = RecordRef.parse(Tokens.text(json));
        default -> throw new IllegalArgumentException("unknown member of an event: " + member);
      }
    }

    private static Map<String, Change> readChanges(JsonParser json) {
      Tokens.expect(JsonToken.START_OBJECT, json);
      var changes = new HashMap<String, Change>();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        Tokens.expect(JsonToken.START_ARRAY, json);
        json.nextToken();
        Value before = ValueJson.read(json);
        json.nextToken();
        changes.put(name, new Change(before, ValueJson.read(json)));
        json.nextToken();
        Tokens.expect(JsonToken.END_ARRAY, json);
      }
      return changes;
    }

    Entry entry() {
      if (shape != SHAPE || event == null) {
        throw new IllegalArgumentException("unknown event " + event + " of shape " + shape);
      }
      LogEvent said =
          switch (event) {
            case "created" -> new RecordCreated(values);
            case "updated" -> new RecordUpdated(changes, merged, forced, overwrote);
            case "deleted" -> new RecordDeleted(values, forced, overwrote);
            case "restored" -> new RecordRestored(changes, as, forced, overwrote);
            case "entity-type-defined" -> new EntityTypeDefined(required("type", type));
            case "entity-type-removed" -> new EntityTypeRemoved(required("name", name));
            case "option-set-defined" -> new OptionSetDefined(required("set", set), users);
            case "option-set-removed" -> new OptionSetRemoved(required("name", name));
            case "claimed" -> new Claimed(required("by", by));
            case "released" -> new Released();
            default -> throw new IllegalArgumentException("unknown event: " + event);
          };
      return new Entry(
          new Origin(required("command", command), client, required("actor", actor)), said);
    }

    private static <T> T required(String name, @Nullable T member) {
      if (member == null) {
        throw new IllegalArgumentException("an event without " + name);
      }
      return member;
    }
  }
}
