package io.rowstream.command.domain;

import java.util.Set;

/// How a command that may proceed stands to the changes its sender has not seen.
///
/// @param merged whether there are some, and the command leaves them alone
/// @param forced whether it goes ahead without regard to them
/// @param overwrote attributes among them that it writes over
record Clearance(boolean merged, boolean forced, Set<String> overwrote) {
  static final Clearance UP_TO_DATE = new Clearance(false, false, Set.of());
  static final Clearance MERGED = new Clearance(true, false, Set.of());

  static Clearance forced(Set<String> overwrote) {
    return new Clearance(false, true, overwrote);
  }
}
