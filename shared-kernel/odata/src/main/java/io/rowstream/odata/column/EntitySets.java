package io.rowstream.odata.column;

import org.jspecify.annotations.Nullable;

/// The entity types by the names of their sets.
@FunctionalInterface
public interface EntitySets {

  /// The logical name of the entity type whose set is `setName`; null if there is none.
  @Nullable String entityType(String setName);
}
