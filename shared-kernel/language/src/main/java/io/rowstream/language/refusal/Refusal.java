package io.rowstream.language.refusal;

import io.rowstream.language.RecordRef;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Why a command is not carried out.
public sealed interface Refusal {

  /// The record is not at the expected version.
  ///
  /// @param mergeable whether the same command would be applied as a merge
  /// @param attributes every attribute that changed after the expected version
  record VersionMismatch(
      RecordRef record,
      long expectedVersion,
      long currentVersion,
      boolean mergeable,
      List<ConflictingAttribute> attributes)
      implements Refusal {
    public VersionMismatch {
      attributes = List.copyOf(attributes);
    }
  }

  /// @param requiredByPolicy whether the entity type demands one, or the command's own behaviour
  record VersionNotProvided(RecordRef record, boolean requiredByPolicy) implements Refusal {}

  record OptimisticConcurrencyNotEnabled(String entityType) implements Refusal {}

  record DuplicateRecord(RecordRef record) implements Refusal {}

  /// The record has never been there.
  record RecordNotFound(RecordRef record) implements Refusal {}

  /// No record has the values of an alternate key.
  record KeyNotFound(String entityType, String key) implements Refusal {}

  /// Another record has the values of an alternate key already.
  record DuplicateKey(String entityType, String key, RecordRef holder) implements Refusal {}

  /// A lookup would refer to a record that is not there.
  record ReferenceNotFound(RecordRef record, String lookup, RecordRef target) implements Refusal {}

  /// A record cannot be deleted while another refers to it by a lookup.
  record StillReferenced(RecordRef record, RecordRef by, String lookup) implements Refusal {}

  /// With a record more than `max` others would have to be changed or deleted.
  record TooManyRelated(RecordRef record, int max) implements Refusal {}

  record RecordIsDeleted(RecordRef record, long rowVersion, UUID by, Instant on)
      implements Refusal {}

  record EntityTypeNotFound(String name) implements Refusal {}

  /// The payload names an attribute that is not there, or a value that does not fit.
  record InvalidValue(String entityType, String attribute, String reason) implements Refusal {}

  record TextTooLong(String entityType, String attribute, int lengthMax) implements Refusal {}

  /// An entity type cannot become what was asked for.
  record InvalidDefinition(String entityType, String reason) implements Refusal {}

  /// An entity type cannot go.
  ///
  /// @param reason what it is needed for
  record EntityTypeInUse(String entityType, String reason) implements Refusal {}

  /// What would be made is there already, or another has its name.
  record AlreadyDefined(String entityType, String name) implements Refusal {}

  /// An entity type has no attribute or relationship of this name.
  record NotDefined(String entityType, String name) implements Refusal {}

  /// The same command id was used for another command.
  record CommandIdReused(String commandId) implements Refusal {}

  /// Nothing was decided; the same command may be sent again.
  record TooBusy(String reason) implements Refusal {}

  /// A member of a change set was refused, and so all of it.
  ///
  /// @param member counted from 0
  record MemberRefused(int member, Refusal reason) implements Refusal {}

  /// About a global option set.
  sealed interface OfOptionSet extends Refusal {
    String name();

    /// What would be made is there already.
    record Exists(String name) implements OfOptionSet {}

    record NotThere(String name) implements OfOptionSet {}

    /// It cannot go while an attribute shares its options.
    record InUse(String name, String entityType, String attribute) implements OfOptionSet {}

    /// It cannot become what was asked for.
    record Invalid(String name, String reason) implements OfOptionSet {}
  }
}
