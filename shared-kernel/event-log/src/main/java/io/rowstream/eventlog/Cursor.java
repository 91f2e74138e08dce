package io.rowstream.eventlog;

import io.rowstream.language.RecordRef;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a reader of the feed stands.
///
/// @param epoch of the log history `position` belongs to
/// @param position of the last event the reader has got, 0 before the first
/// @param filter digest of what the reader asked for; a cursor is good for that only
/// @param snapshotAfter the last record of an initial snapshot at `position` the reader has got;
///   null when there is no snapshot left to send
public record Cursor(UUID epoch, long position, long filter, @Nullable RecordRef snapshotAfter) {
  public Cursor(UUID epoch, long position, long filter) {
    this(epoch, position, filter, null);
  }
}
