package io.rowstream.benchmarks.feed;

/// One update of one record, packed into a `long` so that a receipt costs no object.
final class UpdateKey {
  private static final int VERSION_BITS = 40;

  private UpdateKey() {}

  static long of(int record, long version) {
    return ((long) record << VERSION_BITS) | version;
  }

  static int record(long key) {
    return (int) (key >>> VERSION_BITS);
  }
}
