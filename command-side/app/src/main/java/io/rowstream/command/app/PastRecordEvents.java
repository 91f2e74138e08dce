package io.rowstream.command.app;

import io.rowstream.command.domain.RecordEvents;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.language.RecordRef;
import io.rowstream.language.event.RecordEvent;
import java.util.stream.Stream;

/// What the rules look back at, from the log.
record PastRecordEvents(RecordLog recordLog) implements RecordEvents {

  @Override
  public Stream<PastEvent> between(RecordRef record, long after, long upTo) {
    return recordLog.between(record, after, upTo).map(PastRecordEvents::pastEvent);
  }

  private static PastEvent pastEvent(LoggedEvent logged) {
    return new PastEvent(
        logged.version(),
        logged.origin().actor(),
        logged.committedOn(),
        (RecordEvent) logged.event());
  }
}
