package io.rowstream.odata.column;

import io.rowstream.language.RecordRef;
import org.jspecify.annotations.Nullable;

/// The entity types by the names of their sets.
@FunctionalInterface
public interface EntitySets {

  /// The logical name of the entity type whose set is `setName`; null if there is none.
  @Nullable String entityType(String setName);

  /// The record an earlier request of the same batch wrote, by its `Content-ID` with a `$` before
  /// it.
  ///
  /// @return null outside a batch
  default @Nullable RecordRef written(String reference) {
    return null;
  }
}
