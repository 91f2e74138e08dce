package io.rowstream.language.command;

import io.rowstream.language.RowVersion;
import org.jspecify.annotations.Nullable;

/// Makes, changes or removes a global option set; with it change all choices that share its
/// options.
///
/// @param expected the version the set has to be at; null if any will do
public record ReviseOptionSet(
    String name, OptionSetRevision revision, @Nullable RowVersion expected) implements Command {}
