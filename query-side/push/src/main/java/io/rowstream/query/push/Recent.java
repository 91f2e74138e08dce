package io.rowstream.query.push;

import java.util.ArrayList;
import java.util.List;

/// The newest frames of a group at one moment.
///
/// @param floor every frame of the group with a position after it is here
record Recent(long floor, List<Frame> frames) {

  /// These and newer ones, without the oldest where there are too many.
  Recent with(List<Frame> newer, int framesMax) {
    var all = new ArrayList<Frame>(frames.size() + newer.size());
    all.addAll(frames);
    all.addAll(newer);
    int dropped = Math.max(0, all.size() - framesMax);
    long newFloor = dropped == 0 ? floor : all.get(dropped - 1).position();
    return new Recent(newFloor, List.copyOf(all.subList(dropped, all.size())));
  }

  /// Without the frames up to `position`.
  Recent after(long position) {
    int first = indexAfter(position);
    return first == 0
        ? this
        : new Recent(
            frames.get(first - 1).position(), List.copyOf(frames.subList(first, frames.size())));
  }

  /// The index of the first frame after `position`. Readers are mostly near the end.
  int indexAfter(long position) {
    int index = frames.size();
    while (index > 0 && frames.get(index - 1).position() > position) {
      index--;
    }
    return index;
  }
}
