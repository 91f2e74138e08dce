package io.rowstream.command.eventstore;

import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.eventlog.ValueJson;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.ClaimKeyValues;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.ByAlternateKey;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RemoveReference;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.ReviseOptionSet;
import io.rowstream.language.event.EntityTypeDefined;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Tells whether two commands are the same: SHA-256 of what they say, in one order, the same in
/// every process.
final class CommandDigest {
  private static final JsonFactory JSON = new JsonFactory();
  static final Origin NOBODY = new Origin("digest", null, new UUID(0, 0));

  private CommandDigest() {}

  static byte[] of(Command command) {
    return digest(bytes(command));
  }

  /// Of the order to go on with `seed`, which is no command of the bus.
  static byte[] ofSeed(String entityType, String attribute, long seed) {
    return digest(
        json(json -> {
          json.writeString("seed");
          json.writeString(entityType);
          json.writeString(attribute);
          json.writeNumber(seed);
        }));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] bytes(Command command) {
    return switch (command) {
      case ChangeSet changeSet ->
          json(json -> {
            json.writeString("change set");
            changeSet.members().forEach(member -> write(json, member));
          });
      case DefineEntityType define -> EventJson.write(NOBODY, new EntityTypeDefined(define.type()));
      case ClaimKeyValues claim -> throw new IllegalArgumentException("not repeatable: " + claim);
      case ReviseEntityType revise -> json(json -> RevisionJson.write(json, revise));
      case ReviseOptionSet revise -> json(json -> RevisionJson.write(json, revise));
      case RecordCommand one -> json(json -> write(json, one));
    };
  }

  private static byte[] json(Consumer<JsonGenerator> content) {
    var text = new StringWriter(512);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      content.accept(json);
      json.writeEndArray();
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonGenerator json, RecordCommand command) {
    write(json, command, command.record().toString());
  }

  /// @param subject the record; of one named by an alternate key only its type, because who has
  ///   that key may be another one when the command is repeated
  private static void write(JsonGenerator json, RecordCommand command, String subject) {
    json.writeStartArray();
    switch (command) {
      case CreateRecord create -> {
        write(json, "create", subject);
        ValueJson.write(json, new TreeMap<>(create.values()));
      }
      case UpdateRecord update -> {
        write(json, "update", subject);
        write(json, update.expected());
        ValueJson.write(json, new TreeMap<>(update.values()));
      }
      case UpsertRecord upsert -> {
        write(json, "upsert", subject);
        write(json, upsert.expected());
        ValueJson.write(json, new TreeMap<>(upsert.values()));
      }
      case RemoveReference remove -> {
        write(json, "remove reference", subject);
        write(json, remove.expected());
        json.writeString(remove.lookup());
        json.writeString(remove.target().toString());
      }
      case DeleteRecord delete -> {
        write(json, "delete", subject);
        write(json, delete.expected());
      }
      case RestoreRecord restore -> {
        write(json, "restore", subject);
        write(json, restore.expected());
        json.writeNumber(restore.as().number());
      }
      case ByAlternateKey keyed -> {
        json.writeString("by key");
        json.writeString(keyed.key());
        ValueJson.write(json, new TreeMap<>(keyed.values()));
        write(json, keyed.command(), keyed.record().entityType());
      }
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, String kind, String subject) {
    json.writeString(kind);
    json.writeString(subject);
  }

  private static void write(JsonGenerator json, Expectation expected) {
    json.writeNumber(expected.behavior().number());
    if (expected.version() == null) {
      json.writeNull();
    } else {
      json.writeNumber(expected.version().number());
    }
  }
}
