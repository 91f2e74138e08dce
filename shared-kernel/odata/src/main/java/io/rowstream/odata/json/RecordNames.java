package io.rowstream.odata.json;

import io.rowstream.language.RecordRef;
import org.jspecify.annotations.Nullable;

/// What people know records by: the values of their primary names.
@FunctionalInterface
public interface RecordNames {

  /// Nobody knows any record.
  RecordNames NONE = _ -> null;

  /// @return null if the record is not known, or has no name
  @Nullable String of(RecordRef record);
}
