package io.rowstream.command.app.rows;

import java.util.UUID;

/// The ids of a file's rows and the lines they were on, in at most 64 octets for each. Not
/// thread-safe.
///
/// An open hash table over arrays: a map of objects would take twice as much.
public final class SeenIds {
  private static final int CAPACITY_MIN = 1 << 10;

  /// Two numbers for each id; both 0 where there is none.
  private long[] ids = new long[2 * CAPACITY_MIN];

  private long[] lines = new long[CAPACITY_MIN];
  private int size;

  /// Notes that `id` stands on `line`.
  ///
  /// @return the line it stood on before; 0 if on none
  public long put(UUID id, long line) {
    int slot = slot(id.getMostSignificantBits(), id.getLeastSignificantBits());
    if (lines[slot] != 0) {
      return lines[slot];
    }
    ids[2 * slot] = id.getMostSignificantBits();
    ids[2 * slot + 1] = id.getLeastSignificantBits();
    lines[slot] = line;
    if (++size > lines.length / 4 * 3) {
      grow();
    }
    return 0;
  }

  public boolean contains(UUID id) {
    return lines[slot(id.getMostSignificantBits(), id.getLeastSignificantBits())] != 0;
  }

  public int size() {
    return size;
  }

  /// Where the id is, or is to be put.
  private int slot(long high, long low) {
    long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
    int mask = lines.length - 1;
    int slot = (int) (mixed >>> 32) & mask;
    while (lines[slot] != 0 && (ids[2 * slot] != high || ids[2 * slot + 1] != low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldIds = ids;
    long[] oldLines = lines;
    ids = new long[2 * oldIds.length];
    lines = new long[2 * oldLines.length];
    for (int i = 0; i < oldLines.length; i++) {
      if (oldLines[i] != 0) {
        int slot = slot(oldIds[2 * i], oldIds[2 * i + 1]);
        ids[2 * slot] = oldIds[2 * i];
        ids[2 * slot + 1] = oldIds[2 * i + 1];
        lines[slot] = oldLines[i];
      }
    }
  }
}
