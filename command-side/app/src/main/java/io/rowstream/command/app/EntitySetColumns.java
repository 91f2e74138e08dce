package io.rowstream.command.app;

import io.rowstream.command.eventstore.EntityTypeCatalog;
import io.rowstream.eventlog.Claims;
import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.column.EntitySets;
import io.rowstream.odata.query.KeyValues;
import io.rowstream.odata.url.Key;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The columns of entity types, worked out once for each definition. Thread-safe.
final class EntitySetColumns implements EntitySets {
  private final EntityTypeCatalog types;
  private final Claims claims;
  private final Map<String, Columns> byType = new ConcurrentHashMap<>();

  /// @param claims says which record has an alternate key
  EntitySetColumns(EntityTypeCatalog types, Claims claims) {
    this.types = types;
    this.claims = claims;
  }

  @Override
  public @Nullable String entityType(String setName) {
    return types.findBySet(setName).map(EntityType::name).orElse(null);
  }

  /// @throws RefusedException if there is no such set
  Columns require(String setName) {
    return types
        .findBySet(setName)
        .map(this::columns)
        .orElseThrow(() -> new RefusedException(new Refusal.EntityTypeNotFound(setName)));
  }

  /// @throws RefusedException if there is no such entity type
  Columns columns(String typeName) {
    Columns columns = ofType(typeName);
    if (columns == null) {
      throw new RefusedException(new Refusal.EntityTypeNotFound(typeName));
    }
    return columns;
  }

  /// @return null if there is no such entity type
  @Override
  public @Nullable Columns ofType(String typeName) {
    return types.find(typeName).map(this::columns).orElse(null);
  }

  @Override
  public @Nullable Collection collection(String target, String name) {
    return EntityModel.collection(types.all(), this::columns, target, name);
  }

  @Override
  public @Nullable RecordRef withKey(String setName, Key key) {
    return holder(KeyValues.of(require(setName), key));
  }

  /// @return null if no record has the key
  @Nullable RecordRef holder(@Nullable KeyValues key) {
    return key == null ? null : claims.holder(key.claim()).orElse(null);
  }

  @SuppressWarnings("ReferenceEquality")
  private Columns columns(EntityType type) {
    Columns known = byType.get(type.name());
    if (known != null && known.entityType() == type) {
      return known;
    }
    var columns = new Columns(type);
    byType.put(type.name(), columns);
    return columns;
  }
}
