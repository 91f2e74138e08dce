package io.rowstream.odata.column;

import io.rowstream.language.RecordRef;
import io.rowstream.odata.url.Key;
import org.jspecify.annotations.Nullable;

/// The entity types by the names of their sets.
@FunctionalInterface
public interface EntitySets extends EntityModel {

  /// The logical name of the entity type whose set is `setName`; null if there is none.
  @Nullable String entityType(String setName);

  /// The record an earlier request of the same batch wrote, by its `Content-ID` with a `$` before
  /// it.
  ///
  /// @return null outside a batch
  default @Nullable RecordRef written(String reference) {
    return null;
  }

  /// The record that has an alternate key now.
  ///
  /// @return null if none has it, or it is no key of the set
  default @Nullable RecordRef withKey(String setName, Key key) {
    return null;
  }

  /// Of entity types a body may write rows of inside a row; null where it may not.
  @Override
  default @Nullable Columns ofType(String entityType) {
    return null;
  }

  @Override
  default @Nullable Collection collection(String target, String name) {
    return null;
  }
}
