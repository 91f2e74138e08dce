package io.rowstream.command.domain;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;

/// How large definitions may become that clients make.
final class DefinitionBounds {

  /// The most entity types.
  static final int ENTITY_TYPES_MAX = 1_000;

  /// The longest text people read in place of a name, in UTF-16 units.
  static final int LABEL_LENGTH_MAX = 250;

  /// The most options of all choices of one entity type.
  static final int OPTIONS_MAX = 5_000;

  private DefinitionBounds() {}

  /// @throws IllegalArgumentException if an entity type is too large
  static void require(EntityType type) {
    requireLabel(type.displayName());
    int options = 0;
    for (Attribute attribute : type.attributes().values()) {
      requireLabel(attribute.displayName());
      if (attribute.type() instanceof AttributeType.Choice(var labels)) {
        labels.values().forEach(DefinitionBounds::requireLabel);
        options += labels.size();
      }
    }
    if (options > OPTIONS_MAX) {
      throw new IllegalArgumentException("its choices have more than " + OPTIONS_MAX + " options");
    }
  }

  private static void requireLabel(String label) {
    if (label.length() > LABEL_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a label has more than " + LABEL_LENGTH_MAX + " characters");
    }
  }
}
