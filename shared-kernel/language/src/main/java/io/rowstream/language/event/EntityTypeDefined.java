package io.rowstream.language.event;

import io.rowstream.language.entity.EntityType;

/// An entity type is, from now on, as `type` says.
public record EntityTypeDefined(EntityType type) implements LogEvent {}
