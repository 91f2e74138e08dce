package io.rowstream.command.eventstore;

import static io.rowstream.command.eventstore.OutcomeJson.number;
import static io.rowstream.command.eventstore.OutcomeJson.text;

import io.rowstream.eventlog.ValueJson;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.refusal.ConflictingAttribute;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.Refusal.AlreadyDefined;
import io.rowstream.language.refusal.Refusal.DuplicateKey;
import io.rowstream.language.refusal.Refusal.DuplicateRecord;
import io.rowstream.language.refusal.Refusal.EntityTypeInUse;
import io.rowstream.language.refusal.Refusal.EntityTypeNotFound;
import io.rowstream.language.refusal.Refusal.KeyNotFound;
import io.rowstream.language.refusal.Refusal.MemberRefused;
import io.rowstream.language.refusal.Refusal.NotDefined;
import io.rowstream.language.refusal.Refusal.OfOptionSet;
import io.rowstream.language.refusal.Refusal.RecordIsDeleted;
import io.rowstream.language.refusal.Refusal.RecordNotFound;
import io.rowstream.language.refusal.Refusal.ReferenceNotFound;
import io.rowstream.language.refusal.Refusal.StillReferenced;
import io.rowstream.language.refusal.Refusal.TooManyRelated;
import io.rowstream.language.refusal.Refusal.VersionMismatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A refusal in a stored outcome: its kind, then what it says.
///
/// Refusals that depend on a record's state are kept. The others depend on the command and its
/// entity type alone: the same command is refused the same way again without them.
final class RefusalJson {

  private RefusalJson() {}

  static boolean isKept(Refusal refusal) {
    return switch (refusal) {
      case VersionMismatch _,
          DuplicateRecord _,
          RecordNotFound _,
          RecordIsDeleted _,
          KeyNotFound _,
          DuplicateKey _,
          ReferenceNotFound _,
          StillReferenced _,
          TooManyRelated _,
          EntityTypeInUse _,
          EntityTypeNotFound _,
          AlreadyDefined _,
          NotDefined _ ->
          true;
      case MemberRefused member -> isKept(member.reason());
      case OfOptionSet ofSet -> !(ofSet instanceof OfOptionSet.Invalid);
      case Refusal.VersionNotProvided _,
          Refusal.OptimisticConcurrencyNotEnabled _,
          Refusal.InvalidValue _,
          Refusal.TextTooLong _,
          Refusal.InvalidDefinition _,
          Refusal.CommandIdReused _,
          Refusal.TooBusy _ ->
          false;
    };
  }

  static void write(JsonGenerator json, Refusal refusal) {
    switch (refusal) {
      case VersionMismatch mismatch -> {
        write(json, "mismatch", mismatch.record());
        json.writeNumber(mismatch.expectedVersion());
        json.writeNumber(mismatch.currentVersion());
        json.writeBoolean(mismatch.mergeable());
        mismatch.attributes().forEach(attribute -> write(json, attribute));
      }
      case DuplicateRecord(RecordRef record) -> write(json, "duplicate", record);
      case RecordNotFound(RecordRef record) -> write(json, "not-found", record);
      case RecordIsDeleted deleted -> {
        write(json, "deleted", deleted.record());
        json.writeNumber(deleted.rowVersion());
        json.writeString(deleted.by().toString());
        json.writeString(deleted.on().toString());
      }
      case KeyNotFound(String entityType, String key) ->
          write(json, "key-not-found", entityType, key);
      case DuplicateKey(String entityType, String key, RecordRef holder) ->
          write(json, "duplicate-key", entityType, key, holder);
      case ReferenceNotFound(RecordRef record, String lookup, RecordRef target) ->
          write(json, "reference-not-found", record, lookup, target);
      case StillReferenced(RecordRef record, RecordRef by, String lookup) ->
          write(json, "still-referenced", record, by, lookup);
      case TooManyRelated(RecordRef record, int max) -> {
        write(json, "too-many-related", record);
        json.writeNumber(max);
      }
      case EntityTypeNotFound(String entityType) -> write(json, "no-type", entityType);
      case EntityTypeInUse(String entityType, String reason) ->
          write(json, "in-use", entityType, reason);
      case AlreadyDefined(String entityType, String name) ->
          write(json, "already-defined", entityType, name);
      case NotDefined(String entityType, String name) ->
          write(json, "not-defined", entityType, name);
      case OfOptionSet.Exists(String name) -> write(json, "option-set-exists", name);
      case OfOptionSet.NotThere(String name) -> write(json, "option-set-not-there", name);
      case OfOptionSet.InUse(String name, String entityType, String attribute) ->
          write(json, "option-set-in-use", name, entityType, attribute);
      case MemberRefused member -> {
        json.writeString("member");
        json.writeNumber(member.member());
        write(json, member.reason());
      }
      default -> throw new IllegalArgumentException("not kept: " + refusal);
    }
  }

  private static void write(JsonGenerator json, String kind, Object... names) {
    json.writeString(kind);
    for (Object name : names) {
      json.writeString(name.toString());
    }
  }

  private static void write(JsonGenerator json, ConflictingAttribute attribute) {
    json.writeString(attribute.name());
    ValueJson.write(json, attribute.base());
    ValueJson.write(json, attribute.theirs());
    json.writeBoolean(attribute.mine() != null);
    if (attribute.mine() != null) {
      ValueJson.write(json, attribute.mine());
    }
    json.writeNumber(attribute.rowVersion());
    json.writeString(attribute.modifiedBy().toString());
    json.writeString(attribute.modifiedOn().toString());
    json.writeBoolean(attribute.clash());
  }

  /// @param kind has been read already
  static Refusal read(String kind, JsonParser json) {
    return switch (kind) {
      case "mismatch" ->
          new VersionMismatch(
              RecordRef.parse(text(json)),
              number(json),
              number(json),
              json.nextBooleanValue(),
              attributes(json));
      case "duplicate" -> new DuplicateRecord(RecordRef.parse(text(json)));
      case "not-found" -> new RecordNotFound(RecordRef.parse(text(json)));
      case "deleted" ->
          new RecordIsDeleted(
              RecordRef.parse(text(json)),
              number(json),
              UUID.fromString(text(json)),
              Instant.parse(text(json)));
      case "key-not-found" -> new KeyNotFound(text(json), text(json));
      case "duplicate-key" -> new DuplicateKey(text(json), text(json), RecordRef.parse(text(json)));
      case "reference-not-found" ->
          new ReferenceNotFound(
              RecordRef.parse(text(json)), text(json), RecordRef.parse(text(json)));
      case "still-referenced" ->
          new StillReferenced(RecordRef.parse(text(json)), RecordRef.parse(text(json)), text(json));
      case "too-many-related" ->
          new TooManyRelated(RecordRef.parse(text(json)), (int) number(json));
      case "no-type" -> new EntityTypeNotFound(text(json));
      case "in-use" -> new EntityTypeInUse(text(json), text(json));
      case "already-defined" -> new AlreadyDefined(text(json), text(json));
      case "not-defined" -> new NotDefined(text(json), text(json));
      case "option-set-exists" -> new OfOptionSet.Exists(text(json));
      case "option-set-not-there" -> new OfOptionSet.NotThere(text(json));
      case "option-set-in-use" -> new OfOptionSet.InUse(text(json), text(json), text(json));
      case "member" -> new MemberRefused((int) number(json), read(text(json), json));
      default -> throw new IllegalArgumentException("unknown outcome: " + kind);
    };
  }

  private static List<ConflictingAttribute> attributes(JsonParser json) {
    var attributes = new ArrayList<ConflictingAttribute>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String name = json.getString();
      Value base = value(json);
      Value theirs = value(json);
      attributes.add(
          new ConflictingAttribute(
              name,
              base,
              theirs,
              json.nextBooleanValue() ? value(json) : null,
              number(json),
              UUID.fromString(text(json)),
              Instant.parse(text(json)),
              json.nextBooleanValue()));
    }
    return attributes;
  }

  private static Value value(JsonParser json) {
    json.nextToken();
    return ValueJson.read(json);
  }
}
