package io.rowstream.command.domain;

import io.rowstream.language.Claim;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.ByAlternateKey;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RemoveReference;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.HashMap;
import java.util.Map;

/// The record that a command names by an alternate key.
record KeyedRecord(EntityType type, AlternateKey key, Map<String, Value> values) {

  /// @throws RefusedException if there is no such key, or a value is missing or does not fit
  KeyedRecord(EntityType type, String name, Map<String, Value> values) {
    this(type, find(type, name), values);
    AttributeRules.check(type, values);
    for (String attribute : key.attributes()) {
      if (values.getOrDefault(attribute, Value.empty()).isEmpty()) {
        throw invalid(attribute, "a key has a value in each of its attributes");
      }
    }
  }

  private static AlternateKey find(EntityType type, String name) {
    for (AlternateKey key : type.keys()) {
      if (key.name().equals(name) && key.isActive()) {
        return key;
      }
    }
    throw new RefusedException(
        new Refusal.InvalidValue(type.name(), name, "there is no such alternate key"));
  }

  RecordRef claim() {
    RecordRef claim = Claim.onKey(type.name(), key, values);
    if (claim == null) {
      throw new IllegalStateException("every value is there");
    }
    return claim;
  }

  /// What the command means when no record has the key.
  RecordCommand created(RecordCommand wanted) {
    return switch (wanted) {
      case CreateRecord(var record, var given) -> new CreateRecord(record, complete(given));
      case UpsertRecord(var record, var given, var expected) when expected.version() == null ->
          new UpsertRecord(record, complete(given), expected);
      case CreateRecord _,
          UpsertRecord _,
          UpdateRecord _,
          RemoveReference _,
          DeleteRecord _,
          RestoreRecord _ ->
          throw new RefusedException(new Refusal.KeyNotFound(type.name(), key.name()));
      case ByAlternateKey _ -> throw new IllegalArgumentException("keyed twice");
    };
  }

  private Map<String, Value> complete(Map<String, Value> given) {
    var complete = new HashMap<>(given);
    for (String attribute : key.attributes()) {
      Value value = values.getOrDefault(attribute, Value.empty());
      if (!complete.computeIfAbsent(attribute, _ -> value).equals(value)) {
        throw invalid(attribute, "it is not what the key says");
      }
    }
    return complete;
  }

  /// The command on the record that has the key.
  static RecordCommand on(RecordRef record, RecordCommand wanted) {
    return switch (wanted) {
      case CreateRecord create -> new CreateRecord(record, create.values());
      case UpdateRecord update -> new UpdateRecord(record, update.values(), update.expected());
      case UpsertRecord upsert -> new UpsertRecord(record, upsert.values(), upsert.expected());
      case RemoveReference remove ->
          new RemoveReference(record, remove.lookup(), remove.target(), remove.expected());
      case DeleteRecord delete -> new DeleteRecord(record, delete.expected());
      case RestoreRecord restore -> new RestoreRecord(record, restore.as(), restore.expected());
      case ByAlternateKey _ -> throw new IllegalArgumentException("keyed twice");
    };
  }

  private RefusedException invalid(String attribute, String reason) {
    return new RefusedException(new Refusal.InvalidValue(type.name(), attribute, reason));
  }
}
