package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.AppendFailedException.Meaning;
import java.util.concurrent.CompletableFuture;

/// An append and the promise of its outcome.
record PendingAppend(Append append, CompletableFuture<AppendOutcome> outcome) {

  static final String UNANSWERED = "the append was not answered in time; it may yet be written";

  PendingAppend(Append append) {
    this(append, new CompletableFuture<>());
  }

  /// Ends the waiting for an outcome; the append may yet be written.
  void abandon() {
    outcome.completeExceptionally(new AppendFailedException(Meaning.UNKNOWN, UNANSWERED, null));
  }

  boolean isAbandoned() {
    return outcome.isDone();
  }
}
