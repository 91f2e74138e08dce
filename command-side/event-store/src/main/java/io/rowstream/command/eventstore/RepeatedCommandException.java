package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.AppendOutcome.Repeated;

/// The command has an outcome already. Nothing was written. Expected, therefore without a stack
/// trace.
final class RepeatedCommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Repeated outcome;

  RepeatedCommandException(Repeated outcome) {
    super("the command has an outcome already", null, false, false);
    this.outcome = outcome;
  }

  Repeated outcome() {
    return outcome;
  }
}
