package io.rowstream.language.command;

import io.rowstream.language.RowVersion;
import org.jspecify.annotations.Nullable;

/// The version a command was decided on by its sender, and what a stale one means.
///
/// @param version null when the sender names none
public record Expectation(@Nullable RowVersion version, ConcurrencyBehavior behavior) {

  /// No version; the entity type's policy decides.
  public static final Expectation NONE = new Expectation(null, ConcurrencyBehavior.DEFAULT);

  public static Expectation exactly(long version) {
    return new Expectation(new RowVersion(version), ConcurrencyBehavior.IF_ROW_VERSION_MATCHES);
  }

  public static Expectation mergeable(long version) {
    return new Expectation(new RowVersion(version), ConcurrencyBehavior.MERGE_IF_DISJOINT);
  }

  public static Expectation overwriting(long version) {
    return new Expectation(new RowVersion(version), ConcurrencyBehavior.ALWAYS_OVERWRITE);
  }
}
