package io.rowstream.language.command;

/// What an expected version means for a command.
public enum ConcurrencyBehavior {
  /// The entity type's policy decides: a version given is checked, a version required is missed.
  DEFAULT(0),
  /// Applied only if the record is at exactly the expected version.
  IF_ROW_VERSION_MATCHES(1),
  /// Applied whatever the version; what it overwrote unseen is recorded.
  ALWAYS_OVERWRITE(2),
  /// A stale command is applied if nothing it sets has changed since the expected version.
  MERGE_IF_DISJOINT(3);

  private final int number;

  ConcurrencyBehavior(int number) {
    this.number = number;
  }

  /// The number Dataverse's SDK uses on the wire; 3 is ours.
  public int number() {
    return number;
  }
}
