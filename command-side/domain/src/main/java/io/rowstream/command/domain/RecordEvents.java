package io.rowstream.command.domain;

import io.rowstream.language.RecordRef;
import io.rowstream.language.event.RecordEvent;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/// The events of a record that a decision has to look back at.
public interface RecordEvents {

  /// Events with `after < version <= upTo`, oldest first, read as they are consumed. To be closed.
  Stream<PastEvent> between(RecordRef record, long after, long upTo);

  /// @param by the actor
  record PastEvent(long version, UUID by, Instant on, RecordEvent event) {}
}
