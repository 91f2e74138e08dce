package io.rowstream.command.app;

import io.rowstream.command.domain.Claims;
import io.rowstream.language.RecordRef;
import io.rowstream.language.event.ClaimEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/// The log's claims, as decisions need them. Thread-safe; callers wait for PostgreSQL.
final class LoggedClaims implements Claims {
  private final io.rowstream.eventlog.Claims log;
  private final EventBus events;

  /// @param events takes events as part of the current unit of work
  LoggedClaims(DataSource reads, EventBus events) {
    this.log = new io.rowstream.eventlog.Claims(reads);
    this.events = events;
  }

  @Override
  public Map<RecordRef, Standing> standing(Collection<RecordRef> streams) {
    var found = new HashMap<RecordRef, Standing>();
    log.standing(streams)
        .forEach((stream, at) -> found.put(stream, new Standing(at.version(), at.holder())));
    return found;
  }

  @Override
  public void record(RecordRef claim, long version, ClaimEvent event) {
    events.publish(
        new GenericDomainEventMessage<>(claim.entityType(), claim.toString(), version, event));
  }
}
