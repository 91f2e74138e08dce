package io.rowstream.language.entity;

import java.util.List;

/// Attributes that together pick one record: no two records of an entity type have the same values
/// in all of them at any moment.
///
/// Texts are the same whatever their case. A record with an empty value in one of the attributes
/// has no such key, and any number of them may be so.
///
/// @param name a logical name, unique within the entity type
/// @param attributes 1 to [#ATTRIBUTES_MAX], in order; no memo, and no lookup of several targets
/// @param since the version of the definition it came with: claims under an earlier key of the same
///   attributes mean nothing to it
public record AlternateKey(String name, List<String> attributes, long since, Status status) {

  /// How far a key is in force.
  public enum Status {
    /// No two records have the same values.
    ACTIVE,
    /// What is written has to be unique; what was there before is being looked through.
    PENDING,
    /// Records that were there before have the same values; nothing has to be unique.
    FAILED
  }

  /// The most attributes of one key, as Dataverse has it.
  public static final int ATTRIBUTES_MAX = 16;

  /// The most keys of one entity type, as Dataverse has it.
  public static final int KEYS_MAX = 10;

  public AlternateKey {
    EntityType.requireLogicalName(name);
    attributes = List.copyOf(attributes);
    long distinct = attributes.stream().distinct().count();
    if (attributes.isEmpty()
        || attributes.size() > ATTRIBUTES_MAX
        || distinct != attributes.size()) {
      throw new IllegalArgumentException(
          "a key has 1 to " + ATTRIBUTES_MAX + " different attributes: " + name);
    }
  }

  /// One that is in force since its entity type was first defined.
  public AlternateKey(String name, List<String> attributes) {
    this(name, attributes, 0, Status.ACTIVE);
  }

  public AlternateKey since(long version, Status status) {
    return new AlternateKey(name, attributes, version, status);
  }

  public boolean isActive() {
    return status == Status.ACTIVE;
  }

  public static AlternateKey of(String name, String... attributes) {
    return new AlternateKey(name, List.of(attributes));
  }
}
