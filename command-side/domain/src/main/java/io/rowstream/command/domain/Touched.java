package io.rowstream.command.domain;

import io.rowstream.language.Claim;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.EntityType;
import org.jspecify.annotations.Nullable;

/// A record and what one command, or all members of a change set, do to it.
///
/// @param version it was at before
/// @param member the last member that means it, counted from 0
record Touched(
    RecordRef record,
    EntityType type,
    long version,
    RecordState before,
    RecordState after,
    int member) {

  /// @param earlier what earlier members did to it; null if they did nothing
  Touched since(@Nullable Touched earlier) {
    return earlier == null
        ? this
        : new Touched(record, type, earlier.version, earlier.before, after, member);
  }

  boolean isEnded() {
    return before.exists() && !after.exists();
  }

  /// Whether it is there again after it had ended.
  boolean isBack() {
    return !before.exists() && after.exists() && version > RowVersion.NONE;
  }

  /// Whether a lookup refers to another record than before.
  boolean isNewReference(String attribute, Value value) {
    return value instanceof Value.Lookup && !value.equals(before.value(attribute));
  }

  static @Nullable RecordRef claim(EntityType type, AlternateKey key, RecordState state) {
    return state.exists() ? Claim.onKey(type.name(), key, state.values()) : null;
  }
}
