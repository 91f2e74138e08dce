package io.rowstream.command.eventstore;

import io.rowstream.eventlog.ValueJson;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.refusal.ConflictingAttribute;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.Refusal.AlreadyDefined;
import io.rowstream.language.refusal.Refusal.DuplicateKey;
import io.rowstream.language.refusal.Refusal.DuplicateRecord;
import io.rowstream.language.refusal.Refusal.KeyNotFound;
import io.rowstream.language.refusal.Refusal.MemberRefused;
import io.rowstream.language.refusal.Refusal.NotDefined;
import io.rowstream.language.refusal.Refusal.RecordIsDeleted;
import io.rowstream.language.refusal.Refusal.RecordNotFound;
import io.rowstream.language.refusal.Refusal.ReferenceNotFound;
import io.rowstream.language.refusal.Refusal.StillReferenced;
import io.rowstream.language.refusal.Refusal.TooManyRelated;
import io.rowstream.language.refusal.Refusal.VersionMismatch;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The stored outcome of a command: one JSON array, its kind first.
///
/// Refusals that depend on a record's state are kept. The others depend on the command and its
/// entity type alone: the same command is refused the same way again without them.
final class OutcomeJson {
  private static final JsonFactory JSON = new JsonFactory();

  private OutcomeJson() {}

  /// What a stored outcome says: either the results or the refusal.
  record Outcome(List<RecordResult> results, @Nullable Refusal refusal) {}

  static byte[] accepted(List<RecordResult> results) {
    return bytes(json -> {
      json.writeString("accepted");
      for (RecordResult result : results) {
        json.writeString(result.record().toString());
        json.writeNumber(result.rowVersion());
        json.writeBoolean(result.created());
      }
    });
  }

  /// @return empty if the refusal is one of those that are not kept
  static Optional<byte[]> refused(Refusal refusal) {
    return isKept(refusal) ? Optional.of(bytes(json -> write(json, refusal))) : Optional.empty();
  }

  private static boolean isKept(Refusal refusal) {
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
          AlreadyDefined _,
          NotDefined _ ->
          true;
      case MemberRefused member -> isKept(member.reason());
      case Refusal.VersionNotProvided _,
          Refusal.OptimisticConcurrencyNotEnabled _,
          Refusal.EntityTypeNotFound _,
          Refusal.InvalidValue _,
          Refusal.TextTooLong _,
          Refusal.InvalidDefinition _,
          Refusal.CommandIdReused _,
          Refusal.TooBusy _ ->
          false;
    };
  }

  private static byte[] bytes(Consumer<JsonGenerator> content) {
    var bytes = new ByteArrayOutputStream(128);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartArray();
      content.accept(json);
      json.writeEndArray();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Refusal refusal) {
    switch (refusal) {
      case VersionMismatch mismatch -> {
        json.writeString("mismatch");
        json.writeString(mismatch.record().toString());
        json.writeNumber(mismatch.expectedVersion());
        json.writeNumber(mismatch.currentVersion());
        json.writeBoolean(mismatch.mergeable());
        mismatch.attributes().forEach(attribute -> write(json, attribute));
      }
      case DuplicateRecord duplicate -> {
        json.writeString("duplicate");
        json.writeString(duplicate.record().toString());
      }
      case RecordNotFound notFound -> {
        json.writeString("not-found");
        json.writeString(notFound.record().toString());
      }
      case RecordIsDeleted deleted -> {
        json.writeString("deleted");
        json.writeString(deleted.record().toString());
        json.writeNumber(deleted.rowVersion());
        json.writeString(deleted.by().toString());
        json.writeString(deleted.on().toString());
      }
      case KeyNotFound(String entityType, String key) -> {
        json.writeString("key-not-found");
        json.writeString(entityType);
        json.writeString(key);
      }
      case DuplicateKey(String entityType, String key, RecordRef holder) -> {
        json.writeString("duplicate-key");
        json.writeString(entityType);
        json.writeString(key);
        json.writeString(holder.toString());
      }
      case ReferenceNotFound(RecordRef record, String lookup, RecordRef target) -> {
        json.writeString("reference-not-found");
        json.writeString(record.toString());
        json.writeString(lookup);
        json.writeString(target.toString());
      }
      case StillReferenced(RecordRef record, RecordRef by, String lookup) -> {
        json.writeString("still-referenced");
        json.writeString(record.toString());
        json.writeString(by.toString());
        json.writeString(lookup);
      }
      case TooManyRelated(RecordRef record, int max) -> {
        json.writeString("too-many-related");
        json.writeString(record.toString());
        json.writeNumber(max);
      }
      case AlreadyDefined(String entityType, String name) -> {
        json.writeString("already-defined");
        json.writeString(entityType);
        json.writeString(name);
      }
      case NotDefined(String entityType, String name) -> {
        json.writeString("not-defined");
        json.writeString(entityType);
        json.writeString(name);
      }
      case MemberRefused member -> {
        json.writeString("member");
        json.writeNumber(member.member());
        write(json, member.reason());
      }
      default -> throw new IllegalArgumentException("not kept: " + refusal);
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

  static Outcome read(byte[] outcome) {
    try (var json = JSON.createParser(ObjectReadContext.empty(), outcome)) {
      json.nextToken();
      String kind = text(json);
      return kind.equals("accepted")
          ? new Outcome(results(json), null)
          : new Outcome(List.of(), refusal(kind, json));
    }
  }

  private static List<RecordResult> results(JsonParser json) {
    var results = new ArrayList<RecordResult>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      var record = RecordRef.parse(json.getString());
      results.add(new RecordResult(record, number(json), json.nextBooleanValue()));
    }
    return results;
  }

  private static Refusal refusal(String kind, JsonParser json) {
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
      case "already-defined" -> new AlreadyDefined(text(json), text(json));
      case "not-defined" -> new NotDefined(text(json), text(json));
      case "member" -> new MemberRefused((int) number(json), refusal(text(json), json));
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

  private static String text(JsonParser json) {
    json.nextToken();
    return json.getString();
  }

  private static long number(JsonParser json) {
    json.nextToken();
    return json.getLongValue();
  }
}
