package io.rowstream.query.projections.current;

import io.rowstream.language.Value;
import java.util.List;

/// Some groups in order, and where the projection stood when they were read.
///
/// @param position of the last event the groups take into account
/// @param more whether there are more behind the last one
public record Groups(List<Group> groups, long position, boolean more) {

  /// @param keys what its records agree in, in the order they were asked for; of a text that
  ///   differs in case only, one of them
  /// @param aggregates in the order they were asked for
  public record Group(List<Value> keys, List<Value> aggregates) {
    public Group {
      keys = List.copyOf(keys);
      aggregates = List.copyOf(aggregates);
    }
  }

  public Groups {
    groups = List.copyOf(groups);
  }
}
