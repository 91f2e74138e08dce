package io.rowstream.query.push;

import io.rowstream.language.entity.EntityType;
import java.util.Optional;

/// The entity types watchers can name. Answers come from memory; callers must not be made to wait.
public interface WatchCatalogue {

  /// By the plural in URLs, such as `contacts`.
  Optional<EntityType> bySetName(String setName);

  /// By the logical name, such as `contact`.
  Optional<EntityType> byName(String name);
}
