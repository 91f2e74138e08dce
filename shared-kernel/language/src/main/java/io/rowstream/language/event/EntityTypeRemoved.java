package io.rowstream.language.event;

/// There is no entity type of this name any more; what its records held stays in the log.
public record EntityTypeRemoved(String name) implements LogEvent {}
