package io.rowstream.language;

/// One attribute's value before and after an event; never the same.
public record Change(Value before, Value after) {
  public Change {
    if (before.equals(after)) {
      throw new IllegalArgumentException("a change leads to another value, not to " + after);
    }
  }

  /// What undoes it.
  public Change reversed() {
    return new Change(after, before);
  }
}
