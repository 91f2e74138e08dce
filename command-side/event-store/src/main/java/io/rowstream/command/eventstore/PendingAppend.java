package io.rowstream.command.eventstore;

import java.util.concurrent.CompletableFuture;

/// An append and the promise of its outcome.
record PendingAppend(Append append, CompletableFuture<AppendOutcome> outcome) {

  PendingAppend(Append append) {
    this(append, new CompletableFuture<>());
  }

  boolean isAbandoned() {
    return outcome.isDone();
  }
}
