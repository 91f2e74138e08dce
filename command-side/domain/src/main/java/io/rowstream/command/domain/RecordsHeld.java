package io.rowstream.command.domain;

import io.rowstream.language.RecordRef;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// What records hold, as the log has it when asked.
public interface RecordsHeld {

  /// @return without those that have never been there
  List<Held> of(String entityType, Collection<UUID> ids);

  record Held(RecordRef record, long version, RecordState state) {}
}
