package io.rowstream.command.domain;

import io.rowstream.language.RecordRef;
import org.jspecify.annotations.Nullable;

/// Whether records of an entity type are there, as the log has it.
public interface RecordsOfType {

  Found any(String entityType);

  /// @param position of the log at which this was so
  /// @param record one that was there; null if none was
  /// @param version it was at
  record Found(long position, @Nullable RecordRef record, long version) {}
}
