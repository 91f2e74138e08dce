package io.rowstream.eventlog;

import io.rowstream.language.RecordRef;
import io.rowstream.language.event.LogEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One entry of the log.
///
/// @param position in the whole log: 1, 2, 3 … in commit order
/// @param version in the stream of `record`: 0, 1, 2 …
/// @param remaining events of the same command or change set that follow at the next positions
/// @param committedOn never earlier than that of the position before
public record LoggedEvent(
    long position,
    RecordRef record,
    long version,
    int remaining,
    Instant committedOn,
    Origin origin,
    LogEvent event) {

  /// Who caused an event, by which command, from where.
  public record Origin(String commandId, @Nullable String clientId, UUID actor) {}
}
