package io.rowstream.language.entity;

/// One column of an entity type.
///
/// @param name the logical name, lower case
/// @param displayName what people read
public record Attribute(String name, String displayName, AttributeType type) {
  public Attribute {
    EntityType.requireLogicalName(name);
  }
}
