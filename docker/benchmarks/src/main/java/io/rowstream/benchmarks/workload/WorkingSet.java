package io.rowstream.benchmarks.workload;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;

/// The records one candidate is measured on, with the version each of them is at.
///
/// Each sender owns a share of the records and is the only one to touch their versions; shares do
/// not overlap, so no update meets a conflict.
public final class WorkingSet {
  /// Stands for the version of a record whose last update failed: nobody knows it any more.
  public static final long LOST = -1;

  private final UUID[] ids;
  private final long[] versions;

  /// Random but the same in every run: keys that arrive in order would flatter an index.
  public WorkingSet(int size) {
    var random = new SplittableRandom(4711);
    ids = new UUID[size];
    Arrays.setAll(
        ids, _ -> new UUID(versionFour(random.nextLong()), variantTwo(random.nextLong())));
    versions = new long[size];
  }

  private static long versionFour(long bits) {
    return (bits & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
  }

  private static long variantTwo(long bits) {
    return (bits & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
  }

  public int size() {
    return ids.length;
  }

  public UUID id(int record) {
    return ids[record];
  }

  public long version(int record) {
    return versions[record];
  }

  public void moveTo(int record, long version) {
    versions[record] = version;
  }

  /// The share of sender `sender` out of `senders`.
  public Share share(int sender, int senders) {
    return shareOfFirst(size(), sender, senders);
  }

  /// The same, of the first `count` records only.
  public Share shareOfFirst(int count, int sender, int senders) {
    int from = (int) ((long) count * sender / senders);
    int to = (int) ((long) count * (sender + 1) / senders);
    if (from == to || count > size()) {
      throw new IllegalArgumentException(
          "%d of %d records for %d senders".formatted(count, size(), senders));
    }
    return new Share(from, to, new SplittableRandom(sender));
  }

  /// Records `from` up to but not including `to`, picked at random.
  public record Share(int from, int to, SplittableRandom random) {
    public int next() {
      return from + random.nextInt(to - from);
    }
  }
}
