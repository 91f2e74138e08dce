package io.rowstream.command.eventstore;

import io.rowstream.language.RecordRef;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The versions of streams recently written or rested on, right as of one position of the log. Used
/// by the writer thread only.
final class KnownHeads {
  private final Map<RecordRef, Long> versions;
  private long position;

  KnownHeads(int streamsMax, long position) {
    this.position = position;
    versions =
        new LinkedHashMap<>(1024, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<RecordRef, Long> eldest) {
            return size() > streamsMax;
          }
        };
  }

  long position() {
    return position;
  }

  @Nullable Long versionOf(RecordRef stream) {
    return versions.get(stream);
  }

  /// Moves to `after`. If the head was not where this stood, others have appended, and what was
  /// known of other streams may be out of date.
  ///
  /// @param checked versions the log has confirmed on the way
  void advance(
      long headBefore, long after, Map<RecordRef, Long> checked, Map<RecordRef, Long> written) {
    if (headBefore != position) {
      forget(headBefore);
    }
    position = after;
    versions.putAll(checked);
    versions.putAll(written);
  }

  /// Moves to a head at which nothing is known.
  void forget(long head) {
    versions.clear();
    position = head;
  }
}
