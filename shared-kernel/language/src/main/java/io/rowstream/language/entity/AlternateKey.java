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
public record AlternateKey(String name, List<String> attributes) {

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

  public static AlternateKey of(String name, String... attributes) {
    return new AlternateKey(name, List.of(attributes));
  }
}
