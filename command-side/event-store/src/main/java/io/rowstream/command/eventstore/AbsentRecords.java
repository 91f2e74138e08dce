package io.rowstream.command.eventstore;

import io.rowstream.language.RecordRef;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Records that somebody has just looked for and not found: the next command on one of them is
/// decided without looking again. Thread-safe.
///
/// It may be wrong by then. The append finds that out, as it does for every decision, and the
/// command is decided again on what is there. Whoever notes a record forgets it when its command is
/// done.
public final class AbsentRecords {
  private final Set<RecordRef> noted = ConcurrentHashMap.newKeySet();

  public void note(RecordRef record) {
    noted.add(record);
  }

  public void forget(RecordRef record) {
    noted.remove(record);
  }

  boolean has(RecordRef record) {
    return noted.contains(record);
  }

  /// The same, once: whoever asks again has been told to look.
  boolean take(RecordRef record) {
    return noted.remove(record);
  }
}
