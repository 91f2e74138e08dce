package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.Append.KeptOutcome;
import io.rowstream.command.eventstore.Append.Link;
import io.rowstream.command.eventstore.Append.NewEvent;
import io.rowstream.command.eventstore.AppendOutcome.Appended;
import io.rowstream.command.eventstore.AppendOutcome.Conflict;
import io.rowstream.command.eventstore.AppendOutcome.Referred;
import io.rowstream.command.eventstore.AppendOutcome.Repeated;
import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.Decided;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.refusal.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/// What one command comes to, within its unit of work. Every decision goes through the log: one
/// with events is appended, one without, a refusal included, is confirmed to rest on the records'
/// real state. That is why a cached aggregate can never answer with a stale version.
final class Decision {
  private static final String RESOURCE = Decision.class.getName();

  private final GroupCommit groupCommit;
  private final CommandHeader header;
  private final byte[] digest;
  private Decided decided = new Decided(List.of(), Map.of(), Map.of());
  private @Nullable Appended appended;

  Decision(GroupCommit groupCommit, CommandHeader header, byte[] digest) {
    this.groupCommit = groupCommit;
    this.header = header;
    this.digest = digest;
  }

  void bindTo(UnitOfWork<?> unitOfWork) {
    unitOfWork.resources().put(RESOURCE, this);
  }

  static Decision of(UnitOfWork<?> unitOfWork) {
    return Objects.requireNonNull(
        unitOfWork.<Decision>getResource(RESOURCE), "events are appended for a command only");
  }

  void accept(Decided byHandler) {
    decided = byHandler;
  }

  /// @throws StaleDecisionException if a record is not at the version the command was decided on
  /// @throws RepeatedCommandException if the command has an outcome already
  void append(List<DomainEventMessage<?>> messages) {
    var origin = new Origin(header.commandId(), header.clientId(), header.actor());
    var events = new ArrayList<NewEvent>(messages.size());
    var links = new ArrayList<Link>();
    var decidedOn = new HashMap<RecordRef, Long>();
    for (DomainEventMessage<?> message : messages) {
      if (message.getPayload() instanceof RecordEvent event) {
        addLinks(links, RecordRef.parse(message.getAggregateIdentifier()), event, events.size());
      }
      RecordRef record = RecordRef.parse(message.getAggregateIdentifier());
      long version = message.getSequenceNumber();
      decidedOn.putIfAbsent(record, version - 1);
      events.add(
          new NewEvent(record, version, EventJson.write(origin, (LogEvent) message.getPayload())));
    }
    restsOn().forEach(decidedOn::putIfAbsent);
    appended =
        settle(new Append(events, decidedOn, outcome(), links, decided.alone(), decided.removal()));
  }

  private static void addLinks(List<Link> links, RecordRef record, RecordEvent event, int number) {
    event
        .changes()
        .forEach((name, change) -> {
          if (change.after() instanceof Value.Lookup(RecordRef target)) {
            links.add(new Link(record, name, target, number));
          } else if (change.before() instanceof Value.Lookup) {
            links.add(new Link(record, name, null, number));
          }
        });
  }

  /// Makes sure, unless events were appended, that nothing has changed since the command was
  /// decided.
  void confirmAccepted() {
    if (appended == null) {
      appended = settle(new Append(List.of(), restsOn(), outcome()));
    }
  }

  private Map<RecordRef, Long> restsOn() {
    var restsOn = new HashMap<>(decided.restsOn());
    decided.results().forEach(result -> restsOn.put(result.record(), result.rowVersion()));
    return restsOn;
  }

  private @Nullable KeptOutcome outcome() {
    return kept(OutcomeJson.accepted(decided.results()));
  }

  /// Makes sure that the refusal rests on what is true.
  void confirmRefused(RefusedException refused) {
    KeptOutcome kept = OutcomeJson.refused(refused.refusal()).map(this::kept).orElse(null);
    if (kept != null || !refused.decidedOn().isEmpty()) {
      settle(new Append(List.of(), refused.decidedOn(), kept));
    }
  }

  private @Nullable KeptOutcome kept(byte[] outcome) {
    return header.repeatable() ? new KeptOutcome(header.commandId(), digest, outcome) : null;
  }

  private Appended settle(Append append) {
    return switch (groupCommit.append(append)) {
      case Appended done -> done;
      case Conflict conflict -> throw new StaleDecisionException(conflict);
      case Referred referred -> throw new StaleDecisionException(referred);
      case Repeated repeated -> throw new RepeatedCommandException(repeated);
    };
  }

  CommandResult result() {
    return new CommandResult(
        header.commandId(), Objects.requireNonNull(appended).position(), decided.results(), false);
  }
}
