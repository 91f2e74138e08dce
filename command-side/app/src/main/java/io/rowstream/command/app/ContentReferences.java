package io.rowstream.command.app;

import io.rowstream.language.RecordRef;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntitySets;
import io.rowstream.odata.url.Key;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The records that `$1` and the like stand for in a batch. Not thread-safe.
final class ContentReferences {
  private final Map<String, RecordRef> records;

  ContentReferences() {
    this(Map.of());
  }

  private ContentReferences(Map<String, RecordRef> records) {
    this.records = new HashMap<>(records);
  }

  /// A copy to declare more in.
  ContentReferences copy() {
    return new ContentReferences(records);
  }

  /// @param contentId null when the request has none
  void declare(@Nullable String contentId, RecordRef record) {
    if (contentId != null) {
      records.put(contentId, record);
    }
  }

  /// @param reference a content id with a `$` before it
  RecordRef record(String reference) {
    RecordRef record = records.get(reference.substring(1));
    if (record == null) {
      throw BadRequest.query(
          "Content-ID Reference: "
              + Quoted.of(reference)
              + " does not exist in the batch context.");
    }
    return record;
  }

  /// The same sets for reading a body in which references may stand.
  EntitySets in(EntitySets sets) {
    return new EntitySets() {
      @Override
      public @Nullable String entityType(String setName) {
        return sets.entityType(setName);
      }

      @Override
      public @Nullable RecordRef withKey(String setName, Key key) {
        return sets.withKey(setName, key);
      }

      @Override
      public @Nullable Columns ofType(String entityType) {
        return sets.ofType(entityType);
      }

      @Override
      public @Nullable Collection collection(String target, String name) {
        return sets.collection(target, name);
      }

      @Override
      public RecordRef written(String reference) {
        return record(reference);
      }
    };
  }
}
