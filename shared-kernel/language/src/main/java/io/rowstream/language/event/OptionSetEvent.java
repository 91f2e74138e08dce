package io.rowstream.language.event;

import io.rowstream.language.entity.OptionSet;
import java.util.Set;

/// What has happened to a global option set. The entity types that share its options are defined
/// anew by the same command.
public sealed interface OptionSetEvent extends LogEvent {

  /// An option set is, from now on, as `set` says.
  ///
  /// @param usedBy the entity types that share its options, and perhaps some that did
  record OptionSetDefined(OptionSet set, Set<String> usedBy) implements OptionSetEvent {
    public OptionSetDefined {
      usedBy = Set.copyOf(usedBy);
    }
  }

  /// There is no option set of this name any more.
  record OptionSetRemoved(String name) implements OptionSetEvent {}
}
