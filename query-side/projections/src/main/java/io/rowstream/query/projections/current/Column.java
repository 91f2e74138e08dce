package io.rowstream.query.projections.current;

import io.rowstream.language.entity.Attribute;

/// What a list can be filtered and ordered by.
public sealed interface Column {

  /// An attribute of the listed entity type, as the catalogue has it.
  record Of(Attribute attribute) implements Column {}

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
