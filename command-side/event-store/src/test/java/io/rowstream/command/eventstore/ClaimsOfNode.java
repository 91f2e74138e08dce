package io.rowstream.command.eventstore;

import io.rowstream.command.domain.Claims;
import io.rowstream.language.RecordRef;
import io.rowstream.language.event.ClaimEvent;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/// The log's claims for the decisions of one node.
record ClaimsOfNode(io.rowstream.eventlog.Claims log, EventBus events) implements Claims {

  ClaimsOfNode(DataSource reads, EventBus events) {
    this(new io.rowstream.eventlog.Claims(reads), events);
  }

  @Override
  public Map<RecordRef, Standing> standing(Collection<RecordRef> streams) {
    return log.standing(streams).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                found -> new Standing(found.getValue().version(), found.getValue().holder())));
  }

  @Override
  public void record(RecordRef claim, long version, ClaimEvent event) {
    events.publish(
        new GenericDomainEventMessage<>(claim.entityType(), claim.toString(), version, event));
  }
}
