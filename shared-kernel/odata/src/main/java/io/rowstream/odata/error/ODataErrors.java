package io.rowstream.odata.error;

import io.rowstream.language.RecordRef;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.Refusal.AlreadyDefined;
import io.rowstream.language.refusal.Refusal.CommandIdReused;
import io.rowstream.language.refusal.Refusal.DuplicateKey;
import io.rowstream.language.refusal.Refusal.DuplicateRecord;
import io.rowstream.language.refusal.Refusal.EntityTypeInUse;
import io.rowstream.language.refusal.Refusal.EntityTypeNotFound;
import io.rowstream.language.refusal.Refusal.InvalidDefinition;
import io.rowstream.language.refusal.Refusal.InvalidValue;
import io.rowstream.language.refusal.Refusal.KeyNotFound;
import io.rowstream.language.refusal.Refusal.MemberRefused;
import io.rowstream.language.refusal.Refusal.NotDefined;
import io.rowstream.language.refusal.Refusal.OfOptionSet;
import io.rowstream.language.refusal.Refusal.OptimisticConcurrencyNotEnabled;
import io.rowstream.language.refusal.Refusal.RecordIsDeleted;
import io.rowstream.language.refusal.Refusal.RecordNotFound;
import io.rowstream.language.refusal.Refusal.ReferenceNotFound;
import io.rowstream.language.refusal.Refusal.StillReferenced;
import io.rowstream.language.refusal.Refusal.TextTooLong;
import io.rowstream.language.refusal.Refusal.TooBusy;
import io.rowstream.language.refusal.Refusal.TooManyRelated;
import io.rowstream.language.refusal.Refusal.VersionMismatch;
import io.rowstream.language.refusal.Refusal.VersionNotProvided;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.Columns;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns every refusal into the error that is answered, in Dataverse's words where it has some.
/// Thread-safe if its two sources are.
public final class ODataErrors {

  /// When a sender turned away because we are too busy is told to come again.
  public static final int RETRY_AFTER_SECONDS = 1;

  /// The most of a reason that is shown, in UTF-16 units; a reason may quote input.
  static final int REASON_LENGTH_MAX = 200;

  private final ConflictJson conflicts;

  /// @param fullnames the name of a `systemuser`; null if nobody knows it
  /// @param columns of an entity type by its logical name; null if it is not there
  public ODataErrors(
      Function<UUID, @Nullable String> fullnames, Function<String, @Nullable Columns> columns) {
    conflicts = new ConflictJson(fullnames, columns);
  }

  public ODataError of(Refusal refusal) {
    return switch (refusal) {
      case VersionMismatch mismatch -> mismatch(mismatch);
      case VersionNotProvided(_, boolean requiredByPolicy) -> notProvided(requiredByPolicy);
      case OptimisticConcurrencyNotEnabled(String entityType) -> notEnabled(entityType);
      case DuplicateRecord _ ->
          ODataError.of(
              412, ErrorCode.DUPLICATE_RECORD, "A record with matching key values already exists.");
      case RecordNotFound(RecordRef record) -> notFound(record);
      case RecordIsDeleted deleted ->
          notFound(deleted.record()).with(json -> conflicts.writeDeleted(json, deleted));
      case KeyNotFound(String entityType, String key) ->
          ODataError.of(
              404,
              ErrorCode.RECORD_NOT_FOUND_BY_ENTITY_KEY,
              "A record with the specified key values does not exist in "
                  + entityType
                  + " entity, key "
                  + Quoted.of(key)
                  + ".");
      case DuplicateKey(String entityType, String key, RecordRef holder) ->
          ODataError.of(
                  412,
                  ErrorCode.DUPLICATE_RECORD_ENTITY_KEY,
                  "Entity Key "
                      + key
                      + " violated. A record with the same value already exists in "
                      + entityType
                      + ".")
              .with(json -> json.writeStringProperty("@rowstream.holder", holder.id().toString()));
      case ReferenceNotFound(_, String lookup, RecordRef target) ->
          ODataError.of(
              404,
              ErrorCode.OBJECT_DOES_NOT_EXIST,
              target.entityType()
                  + " With Id = "
                  + target.id()
                  + " Does Not Exist, which "
                  + Quoted.of(lookup)
                  + " would refer to");
      case StillReferenced(_, RecordRef by, String lookup) ->
          ODataError.of(
                  405,
                  ErrorCode.CANNOT_DELETE_DUE_TO_ASSOCIATION,
                  "The record cannot be deleted: a record of "
                      + by.entityType()
                      + " refers to it by "
                      + Quoted.of(lookup)
                      + ".")
              .with(json -> json.writeStringProperty("@rowstream.referrer", by.id().toString()));
      case TooManyRelated(_, int max) ->
          ODataError.of(
              400,
              ErrorCode.CANNOT_DELETE_DUE_TO_ASSOCIATION,
              "The record cannot be deleted: more than "
                  + max
                  + " records would have to be changed or deleted with it.");
      case EntityTypeNotFound(String name) ->
          ODataError.of(
              404,
              ErrorCode.OBJECT_DOES_NOT_EXIST,
              "Resource not found for the segment " + Quoted.of(name) + ".");
      case InvalidValue invalid -> invalid(invalid);
      case TextTooLong tooLong -> tooLong(tooLong);
      case InvalidDefinition(String entityType, String reason) ->
          ODataError.of(
              400,
              ErrorCode.BAD_PAYLOAD,
              "Entity type " + Quoted.of(entityType) + " is not valid: " + shown(reason) + ".");
      case EntityTypeInUse(String entityType, String reason) ->
          ODataError.of(
              400,
              ErrorCode.CANNOT_DELETE_IN_USE,
              "The Entity("
                  + entityType
                  + ") component cannot be deleted because it is used: "
                  + reason
                  + ".");
      case AlreadyDefined(String entityType, String name) ->
          ODataError.of(
              412,
              ErrorCode.DUPLICATE_RECORD,
              "The name "
                  + Quoted.of(name)
                  + " is taken already, asked for by entity type "
                  + Quoted.of(entityType)
                  + ".");
      case NotDefined(String entityType, String name) ->
          ODataError.of(
              404,
              ErrorCode.OBJECT_DOES_NOT_EXIST,
              "Entity type " + Quoted.of(entityType) + " has no " + Quoted.of(name) + ".");
      case CommandIdReused(String commandId) ->
          ODataError.of(
              422,
              ErrorCode.INVALID_ARGUMENT,
              "Command id " + Quoted.of(commandId) + " was used for another command.");
      case TooBusy(String reason) ->
          ODataError.of(
                  503,
                  ErrorCode.TOO_BUSY,
                  "The service is too busy: " + shown(reason) + ". Nothing was done.")
              .retryAfter(RETRY_AFTER_SECONDS);
      case OfOptionSet ofSet -> OptionSetErrors.of(ofSet);
      case MemberRefused(int member, Refusal reason) ->
          of(reason).with(json -> json.writeNumberProperty("@rowstream.member", member));
    };
  }

  private ODataError mismatch(VersionMismatch mismatch) {
    return ODataError.of(
            412,
            ErrorCode.CONCURRENCY_VERSION_MISMATCH,
            "The version of the existing record doesn't match the RowVersion property provided.")
        .with(json -> conflicts.write(json, mismatch));
  }

  private static ODataError notProvided(boolean requiredByPolicy) {
    return ODataError.of(
        requiredByPolicy ? 428 : 400,
        ErrorCode.CONCURRENCY_VERSION_NOT_PROVIDED,
        "The RowVersion property must be provided when the value of ConcurrencyBehavior is"
            + " IfVersionMatches.");
  }

  private static ODataError notEnabled(String entityType) {
    return ODataError.of(
        400,
        ErrorCode.OPTIMISTIC_CONCURRENCY_NOT_ENABLED,
        "Optimistic concurrency isn't enabled for entity type "
            + entityType
            + ". The IfVersionMatches value of ConcurrencyBehavior can only be used if optimistic"
            + " concurrency is enabled.");
  }

  private static ODataError notFound(RecordRef record) {
    return ODataError.of(
        404,
        ErrorCode.OBJECT_DOES_NOT_EXIST,
        record.entityType() + " With Id = " + record.id() + " Does Not Exist");
  }

  private static ODataError invalid(InvalidValue invalid) {
    return ODataError.of(
        400,
        ErrorCode.BAD_PAYLOAD,
        "Error identified in Payload provided by the user for Entity :"
            + Quoted.of(invalid.entityType())
            + ", attribute "
            + Quoted.of(invalid.attribute())
            + ": "
            + shown(invalid.reason())
            + ".");
  }

  private static ODataError tooLong(TextTooLong tooLong) {
    return ODataError.of(
        400,
        ErrorCode.TEXT_TOO_LONG,
        "A validation error occurred.  The length of the "
            + Quoted.of(tooLong.attribute())
            + " attribute of the "
            + Quoted.of(tooLong.entityType())
            + " entity exceeded the maximum allowed length of '"
            + tooLong.lengthMax()
            + "'.");
  }

  private static String shown(String reason) {
    return Quoted.shown(reason, REASON_LENGTH_MAX);
  }
}
