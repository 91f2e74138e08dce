package io.rowstream.language.command;

import io.rowstream.language.RecordRef;
import java.util.List;

/// What an accepted command did.
///
/// @param position of the last event it wrote; when it wrote none, a position that includes every
///   event its answer depends on
/// @param records in the order of the members of a change set; one for a single command
/// @param repeated whether this is the outcome of an earlier attempt with the same command id
public record CommandResult(
    String commandId, long position, List<RecordResult> records, boolean repeated) {
  public CommandResult {
    records = List.copyOf(records);
  }

  /// Where a record stands after the command.
  ///
  /// @param created whether the record did not exist before
  public record RecordResult(RecordRef record, long rowVersion, boolean created) {}

  public RecordResult first() {
    return records.getFirst();
  }
}
