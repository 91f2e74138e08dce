package io.rowstream.query.push;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All watchers with one filter: frames are made once for all of them.
final class Group {
  private final WatchFilter filter;
  private final long digest;

  // Written by the dispatcher, read by everybody.
  private volatile Recent recent;
  // Written under the lock of Groups.
  private volatile List<Members> members = List.of();
  // Any watcher may replace it by a newer one.
  private volatile @Nullable Frame bookmark;

  // Guarded by the lock of Groups.
  int watchers;

  // Used by the dispatcher only.
  private long agedPosition;

  /// @param floor the last position that was matched before this group was there
  Group(WatchFilter filter, long floor) {
    this.filter = filter;
    this.digest = filter.digest();
    this.recent = new Recent(floor, List.of());
  }

  WatchFilter filter() {
    return filter;
  }

  long digest() {
    return digest;
  }

  Recent recent() {
    return recent;
  }

  /// By the dispatcher only.
  void add(List<Frame> frames, int framesMax) {
    recent = recent.with(frames, framesMax);
  }

  /// Forgets the frames that were there the last time. By the dispatcher only.
  ///
  /// @return whether some are left
  boolean age() {
    recent = recent.after(agedPosition);
    boolean left = !recent.frames().isEmpty();
    if (left) {
      agedPosition = recent.frames().getLast().position();
    }
    return left;
  }

  void wake() {
    members.forEach(Members::wake);
  }

  /// The members on one event loop. Under the lock of [Groups].
  Members membersOn(EventLoop loop) {
    for (var each : members) {
      if (each.loop().equals(loop)) {
        return each;
      }
    }
    var added = new Members(this, loop);
    var more = new ArrayList<>(members);
    more.add(added);
    members = List.copyOf(more);
    return added;
  }

  /// The bookmark at `position`, made by the first that needs it.
  Frame bookmark(long position, Frames frames) {
    var known = bookmark;
    if (known == null || known.position() != position) {
      known = frames.mark("bookmark", position, digest);
      bookmark = known;
    }
    return known;
  }
}
