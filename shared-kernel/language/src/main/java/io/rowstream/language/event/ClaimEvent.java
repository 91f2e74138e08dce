package io.rowstream.language.event;

import io.rowstream.language.RecordRef;

/// What has happened to a claim; see [io.rowstream.language.Claim].
public sealed interface ClaimEvent extends LogEvent {

  /// @param by who holds it from now on
  record Claimed(RecordRef by) implements ClaimEvent {}

  /// Nobody holds it any more.
  record Released() implements ClaimEvent {}
}
