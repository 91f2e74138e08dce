package io.rowstream.query.push;

import io.rowstream.language.RecordRef;
import org.jspecify.annotations.Nullable;

/// Where a watch begins, or goes on.
///
/// @param position everything after it is delivered
/// @param snapshot whether the state at `position` comes first
/// @param snapshotAfter the last record of that state the client has already; null for none
/// @param behind whether the client was at the present before and is told that it fell behind
record WatchStart(
    long position, boolean snapshot, @Nullable RecordRef snapshotAfter, boolean behind) {

  static WatchStart after(long position) {
    return new WatchStart(position, false, null, false);
  }

  static WatchStart behind(long position) {
    return new WatchStart(position, false, null, true);
  }

  static WatchStart withSnapshot(long position, @Nullable RecordRef after) {
    return new WatchStart(position, true, after, false);
  }
}
