package io.rowstream.query.projections.current;

import io.rowstream.language.entity.Attribute;
import java.util.List;

/// What a list can be filtered and ordered by.
public sealed interface Column {

  /// An attribute of the listed entity type, as the catalogue has it.
  record Of(Attribute attribute) implements Column {}

  /// A column of the record that lookups lead to; no value where they lead to none.
  ///
  /// @param hops one or more, in order
  record Related(List<Hop> hops, Column column) implements Column {
    public Related {
      hops = List.copyOf(hops);
      if (hops.isEmpty() || column instanceof Related) {
        throw new IllegalArgumentException("all hops, then a column");
      }
    }
  }

  /// The first of some texts that is there, which are those of related records.
  ///
  /// @param columns two or more
  record FirstOf(List<Related> columns) implements Column {
    public FirstOf {
      columns = List.copyOf(columns);
    }
  }

  /// To the record of type `target` that a lookup refers to, or to the user in an own column.
  record Hop(Column lookup, String target) {}

  /// What every record has. The times count in whole seconds, as they are shown.
  enum Own implements Column {
    ID,
    VERSION,
    CREATED_ON,
    CREATED_BY,
    MODIFIED_ON,
    MODIFIED_BY
  }
}
