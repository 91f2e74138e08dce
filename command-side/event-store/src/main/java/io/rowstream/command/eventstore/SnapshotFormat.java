package io.rowstream.command.eventstore;

import io.rowstream.language.RecordRef;

/// How aggregates are written into snapshots and read back. Implemented by who knows the
/// aggregates.
public interface SnapshotFormat {

  byte[] write(Object aggregate);

  /// @throws RuntimeException if `state` is not readable, perhaps because a newer version wrote it;
  ///   the aggregate is then built from its events
  Object read(RecordRef record, long version, byte[] state);
}
