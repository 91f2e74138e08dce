package io.rowstream.language.command;

import java.util.List;
import java.util.UUID;

/// Claims what records hold under an alternate key that came when they were there already. Records
/// that have claimed it, are deleted or have no such values are passed over.
///
/// @param since of the key; nothing is claimed under another
/// @param records 1 to [#RECORDS_MAX] ids
public record ClaimKeyValues(String entityType, String key, long since, List<UUID> records)
    implements Command {

  /// The most records at once.
  public static final int RECORDS_MAX = 100;

  public ClaimKeyValues {
    records = List.copyOf(records);
    if (records.isEmpty() || records.size() > RECORDS_MAX) {
      throw new IllegalArgumentException("1 to " + RECORDS_MAX + " records are claimed at once");
    }
  }
}
