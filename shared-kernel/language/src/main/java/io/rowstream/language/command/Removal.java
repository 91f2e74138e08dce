package io.rowstream.language.command;

/// An entity type that is to go, and up to which positions of the log it was seen that it may.
///
/// @param recordsAt where none of its records was there
/// @param definitionsAt the last definition that is known: no lookup refers to the entity type
public record Removal(String entityType, long recordsAt, long definitionsAt) {}
