package io.rowstream.language.command;

import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionChange;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.entity.Relationship.OnDelete;
import org.jspecify.annotations.Nullable;

/// One change to the definition of an entity type; it leaves everything else as it is by then.
public sealed interface Revision {

  /// There is no entity type of this name yet.
  record Create(EntityType type) implements Revision {}

  /// What is null stays as it is.
  record Describe(
      @Nullable String displayName,
      @Nullable Boolean optimisticConcurrency,
      @Nullable Boolean changeTracking,
      @Nullable Boolean audit)
      implements Revision {}

  /// @param attribute no lookup
  record AddAttribute(Attribute attribute) implements Revision {}

  /// An attribute that refers to records of one entity type.
  record AddLookup(String displayName, Relationship relationship) implements Revision {}

  /// @param before what the sender took it for
  /// @param after of the same name and kind
  record ChangeAttribute(Attribute before, Attribute after) implements Revision {}

  /// @param attribute a choice with options of its own
  record ChangeOptions(String attribute, OptionChange change) implements Revision {}

  /// The attribute leaves the entity type; what it held stays in the log.
  record RemoveAttribute(String name) implements Revision {}

  /// A key that is in force once the records that are there have been looked through.
  record AddKey(AlternateKey key) implements Revision {}

  /// The records that were there have been looked through.
  ///
  /// @param since of the key
  /// @param unique whether no two of them have the same values
  record SettleKey(String name, long since, boolean unique) implements Revision {}

  record RemoveKey(String name) implements Revision {}

  /// The entity type goes. None of its records is there, and no lookup of another refers to it.
  record Remove() implements Revision {}

  /// @param name of a relationship of one of its lookups
  record ChangeRelationship(String name, OnDelete onDelete) implements Revision {}
}
