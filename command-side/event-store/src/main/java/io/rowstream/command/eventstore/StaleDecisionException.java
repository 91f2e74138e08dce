package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.AppendOutcome.Conflict;
import io.rowstream.command.eventstore.AppendOutcome.Referred;

/// A command was decided on a state that is no longer, or never was, the record's. Nothing was
/// written; deciding again on fresh state is safe. Expected, therefore without a stack trace.
final class StaleDecisionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleDecisionException(Conflict conflict) {
    super(
        "decided on version %d of %s, which is at %d"
            .formatted(conflict.decidedOn(), conflict.record(), conflict.actual()),
        null,
        false,
        false);
  }

  StaleDecisionException(Referred referred) {
    super("somebody refers to " + referred.record() + " since", null, false, false);
  }
}
