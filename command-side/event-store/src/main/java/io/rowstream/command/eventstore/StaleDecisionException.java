package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.AppendOutcome.Conflict;
import io.rowstream.command.eventstore.AppendOutcome.Referred;
import io.rowstream.language.RecordRef;

/// A command was decided on a state that is no longer, or never was, the record's. Nothing was
/// written; deciding again on fresh state is safe. Expected, therefore without a stack trace.
final class StaleDecisionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RecordRef stream;
  private final long version;

  StaleDecisionException(Conflict conflict) {
    super(
        "decided on version %d of %s, which is at %d"
            .formatted(conflict.decidedOn(), conflict.record(), conflict.actual()),
        null,
        false,
        false);
    this.stream = conflict.record();
    this.version = conflict.actual();
  }

  StaleDecisionException(Referred referred) {
    super("somebody has use for " + referred.record() + " since", null, false, false);
    this.stream = referred.record();
    this.version = Long.MAX_VALUE;
  }

  /// What the command was decided on too little of.
  RecordRef stream() {
    return stream;
  }

  /// The version of [#stream] to decide on at least; `Long.MAX_VALUE` if it is not known.
  long version() {
    return version;
  }
}
