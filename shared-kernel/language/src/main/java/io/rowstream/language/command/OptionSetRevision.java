package io.rowstream.language.command;

import io.rowstream.language.entity.OptionChange;
import io.rowstream.language.entity.OptionSet;
import org.jspecify.annotations.Nullable;

/// One change to a global option set; it leaves everything else as it is by then.
public sealed interface OptionSetRevision {

  /// There is no option set of this name yet.
  record Create(OptionSet set) implements OptionSetRevision {}

  /// What is null stays as it is.
  record Change(@Nullable String displayName, @Nullable OptionChange options)
      implements OptionSetRevision {}

  /// No attribute shares its options.
  record Remove() implements OptionSetRevision {}
}
