package io.rowstream.command.domain;

import io.rowstream.language.entity.EntityType;
import java.util.Optional;

/// The entity types commands are judged by.
public interface EntityTypes {
  Optional<EntityType> find(String name);
}
