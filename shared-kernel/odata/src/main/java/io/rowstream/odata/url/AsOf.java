package io.rowstream.odata.url;

import java.time.Instant;

/// The state of a record that is asked for instead of the current one.
public sealed interface AsOf {

  /// `rowstream.version=3`
  record Version(long number) implements AsOf {}

  /// `rowstream.at=2026-11-21T10:00:00Z`
  record Time(Instant at) implements AsOf {}
}
