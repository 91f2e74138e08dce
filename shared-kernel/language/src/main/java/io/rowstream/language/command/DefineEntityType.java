package io.rowstream.language.command;

import io.rowstream.language.entity.EntityType;

/// Creates or changes an entity type; the same definition again changes nothing.
public record DefineEntityType(EntityType type) implements Command {}
