package io.rowstream.command.eventstore;

import io.rowstream.language.RecordRef;
import java.time.Instant;

/// What became of an [Append].
public sealed interface AppendOutcome {

  /// Durable.
  ///
  /// @param position of its last event; without events, one that includes all it was decided on
  record Appended(long position, Instant committedOn) implements AppendOutcome {}

  /// Not written: a stream was not at the version the command was decided on.
  record Conflict(RecordRef record, long decidedOn, long actual) implements AppendOutcome {}

  /// Not written: a record it ends has been referred to since, or the entity type with this
  /// definition, which it removes, has been put to use.
  record Referred(RecordRef record) implements AppendOutcome {}

  /// Not written: the command id has an outcome already.
  record Repeated(byte[] digest, byte[] outcome, long position) implements AppendOutcome {}
}
