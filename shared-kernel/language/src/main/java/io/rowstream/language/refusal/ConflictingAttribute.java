package io.rowstream.language.refusal;

import io.rowstream.language.Value;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An attribute that changed after the version a command expected.
///
/// @param base its value at the expected version
/// @param theirs its value now
/// @param mine the value the command sets; null when it leaves the attribute alone
/// @param rowVersion of the event that changed it last
/// @param clash whether the command sets it to another value than theirs
public record ConflictingAttribute(
    String name,
    Value base,
    Value theirs,
    @Nullable Value mine,
    long rowVersion,
    UUID modifiedBy,
    Instant modifiedOn,
    boolean clash) {}
