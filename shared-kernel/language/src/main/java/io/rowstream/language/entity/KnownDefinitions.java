package io.rowstream.language.entity;

import java.util.Map;
import java.util.stream.Stream;

/// What is known of all entity types at one moment.
///
/// @param position of the last definition in the log
/// @param byName those that are no more included
public record KnownDefinitions(long position, Map<String, Definition> byName) {
  public KnownDefinitions {
    byName = Map.copyOf(byName);
  }

  /// The entity types there are, in no order.
  public Stream<EntityType> types() {
    return byName.values().stream()
        .map(Definition::type)
        .mapMulti((type, types) -> {
          if (type != null) {
            types.accept(type);
          }
        });
  }

  public Definition of(String name) {
    Definition known = byName.get(name);
    return known == null ? Definition.none(name) : known;
  }
}
