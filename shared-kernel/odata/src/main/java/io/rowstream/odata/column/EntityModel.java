package io.rowstream.odata.column;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All entity types as clients see them, and how they refer to each other. Thread-safe.
public interface EntityModel {

  /// @return null if there is no such entity type
  @Nullable Columns ofType(String entityType);

  /// A collection-valued navigation property.
  ///
  /// @return null if records of `target` have none of this name
  @Nullable Collection collection(String target, String name);

  /// All records that refer to one by a lookup.
  ///
  /// @param columns of the records that refer
  record Collection(Columns columns, Attribute lookup) {}

  /// Finds a collection among all entity types.
  ///
  /// @param columns of each
  static @Nullable Collection collection(
      Iterable<EntityType> types,
      Function<EntityType, Columns> columns,
      String target,
      String name) {
    for (EntityType type : types) {
      for (Relationship each : type.relationships()) {
        Attribute lookup = type.attribute(each.lookup());
        if (each.name().equals(name) && each.target().equals(target) && lookup != null) {
          return new Collection(columns.apply(type), lookup);
        }
      }
    }
    return null;
  }
}
