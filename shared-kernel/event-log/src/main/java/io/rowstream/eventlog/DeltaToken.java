package io.rowstream.eventlog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// Where somebody stands who keeps a copy of an entity type's records.
///
/// @param epoch of the log history the positions belong to
/// @param position what happened up to it is in the copy, once everything at this stage is read
/// @param until where the delta ends that is being read; `position` when none is
/// @param query digest of what was asked for; a token is good for that only
/// @param issuedOn when `until` was the latest there was; whole seconds
public record DeltaToken(
    Stage stage,
    UUID epoch,
    long position,
    long until,
    String entityType,
    long query,
    Instant issuedOn) {

  /// What is read next.
  public enum Stage {
    /// A further page of the records themselves.
    RECORDS(0),
    /// The first page of what has changed since.
    CHANGES(1),
    /// A further page of what has changed since.
    MORE_CHANGES(2);

    private final byte code;

    Stage(int code) {
      this.code = (byte) code;
    }

    /// What stands for it in a token's text.
    byte code() {
      return code;
    }
  }

  public DeltaToken {
    issuedOn = issuedOn.truncatedTo(ChronoUnit.SECONDS);
  }

  /// The token of the next page of a delta whose changes are read up to `last`.
  public DeltaToken readTo(long last) {
    return new DeltaToken(Stage.MORE_CHANGES, epoch, last, until, entityType, query, issuedOn);
  }

  /// The token of the answer after a delta or a list that is read to its end.
  public DeltaToken ended() {
    return new DeltaToken(Stage.CHANGES, epoch, until, until, entityType, query, issuedOn);
  }
}
