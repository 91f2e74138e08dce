package io.rowstream.language.command;

import io.rowstream.language.RowVersion;
import org.jspecify.annotations.Nullable;

/// Changes one thing about an entity type, or makes it.
///
/// @param entityType its logical name
/// @param expected the version its definition has to be at; null if any will do
public record ReviseEntityType(String entityType, Revision revision, @Nullable RowVersion expected)
    implements Command {}
