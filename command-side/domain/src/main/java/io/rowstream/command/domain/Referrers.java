package io.rowstream.command.domain;

import io.rowstream.language.RecordRef;
import java.util.List;

/// Who refers to a record, as the log has it.
public interface Referrers {

  /// @param limit the most that are wanted
  Found of(RecordRef target, int limit);

  /// @param position of the log at which this was so
  record Found(long position, List<Referrer> referrers) {
    public Found {
      referrers = List.copyOf(referrers);
    }
  }

  /// One lookup of a record.
  record Referrer(RecordRef record, String lookup) {}
}
