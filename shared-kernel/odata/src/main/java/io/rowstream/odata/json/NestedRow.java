package io.rowstream.odata.json;

import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.Attribute;
import io.rowstream.odata.column.Columns;

/// What a body says about a record that is related to the one the body is about.
public sealed interface NestedRow {

  /// The related record that the outer one refers to.
  ///
  /// @param lookup of the outer record
  record One(Attribute lookup, Columns columns, RecordPayload payload) implements NestedRow {}

  /// One of the related records that refer to the outer one.
  ///
  /// @param lookup of the inner record
  record Referring(Attribute lookup, Columns columns, RecordPayload payload) implements NestedRow {}

  /// A record that is there already and is to refer to the outer one.
  ///
  /// @param lookup of the inner record
  record Bound(Attribute lookup, RecordRef record) implements NestedRow {}
}
