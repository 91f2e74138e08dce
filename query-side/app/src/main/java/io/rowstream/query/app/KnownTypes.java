package io.rowstream.query.app;

import io.rowstream.language.entity.EntityType;
import io.rowstream.query.projections.entitytypes.EntityTypes;
import io.rowstream.query.push.WatchCatalogue;
import java.util.Optional;

/// The entity types watchers can name: all there are.
record KnownTypes(EntityTypes types) implements WatchCatalogue {

  @Override
  public Optional<EntityType> bySetName(String setName) {
    return Optional.ofNullable(types.bySetName(setName));
  }

  @Override
  public Optional<EntityType> byName(String name) {
    return Optional.ofNullable(types.byName(name));
  }
}
