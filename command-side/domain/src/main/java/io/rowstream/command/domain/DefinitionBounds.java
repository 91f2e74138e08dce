package io.rowstream.command.domain;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;

/// How large definitions may become that clients make.
final class DefinitionBounds {

  /// The most entity types.
  static final int ENTITY_TYPES_MAX = 1_000;

  /// The longest text people read in place of a name, in UTF-16 units.
  static final int LABEL_LENGTH_MAX = 250;

  /// The most options of all choices of one entity type.
  static final int OPTIONS_MAX = 5_000;

  /// The most global option sets.
  static final int OPTION_SETS_MAX = 1_000;

  /// The most entity types that share the options of one set; all of them are defined anew when it
  /// changes, in one append.
  static final int OPTION_SET_USERS_MAX = 100;

  /// The most options of one set, counted once for each entity type that shares them.
  static final int SHARED_OPTIONS_MAX = 50_000;

  private DefinitionBounds() {}

  /// @throws IllegalArgumentException if a set is too large for any entity type
  static void require(OptionSet set) {
    requireLabel(set.displayName());
    set.options().values().forEach(DefinitionBounds::requireLabel);
    if (set.options().size() > OPTIONS_MAX) {
      throw new IllegalArgumentException("it has more than " + OPTIONS_MAX + " options");
    }
  }

  /// @throws IllegalArgumentException if a set is too large to be shared by so many entity types
  static void requireShareable(OptionSet set, int users) {
    if (users > OPTION_SET_USERS_MAX) {
      throw new IllegalArgumentException(
          "its options are shared by " + OPTION_SET_USERS_MAX + " entity types already");
    }
    if ((long) set.options().size() * users > SHARED_OPTIONS_MAX) {
      throw new IllegalArgumentException(
          "its options, counted for each entity type that shares them, are more than "
              + SHARED_OPTIONS_MAX);
    }
  }

  /// @throws IllegalArgumentException if an entity type is too large
  static void require(EntityType type) {
    requireLabel(type.displayName());
    int options = 0;
    for (Attribute attribute : type.attributes().values()) {
      requireLabel(attribute.displayName());
      if (attribute.type() instanceof AttributeType.Choice(var labels, _)) {
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
