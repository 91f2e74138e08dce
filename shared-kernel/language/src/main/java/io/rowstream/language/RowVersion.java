package io.rowstream.language;

/// The sequence number of a record's last event: 0 after the create, one more for each event, never
/// reused.
public record RowVersion(long number) implements Comparable<RowVersion> {

  /// Where a record stands that has no event yet. Never seen by clients.
  public static final long NONE = -1;

  public RowVersion {
    if (number < 0) {
      throw new IllegalArgumentException("a row version is never negative: " + number);
    }
  }

  @Override
  public int compareTo(RowVersion other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
