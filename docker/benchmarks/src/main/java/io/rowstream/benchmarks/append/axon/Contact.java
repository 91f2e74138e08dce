package io.rowstream.benchmarks.append.axon;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.rowstream.benchmarks.workload.ContactChange;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/// A contact as an Axon aggregate. Its fields are what a snapshot holds.
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
final class Contact {
  @AggregateIdentifier private @Nullable String id;
  private @Nullable ContactChange last;

  Contact() {}

  @CommandHandler
  Contact(CreateContact command) {
    apply(new ContactCreated(command.id()));
  }

  @CommandHandler
  void handle(ChangeContact command) {
    if (!command.change().equals(last)) {
      apply(command.change());
    }
  }

  @EventSourcingHandler
  void on(ContactCreated event) {
    id = event.id();
  }

  @EventSourcingHandler
  void on(ContactChange event) {
    last = event;
  }
}
