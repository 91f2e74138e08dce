package io.rowstream.language.command;

import io.rowstream.language.refusal.Refusal;
import java.util.List;

/// Commands that are carried out one after the other, each a unit of its own, as Dataverse's
/// message of that name has it. Commands that succeed or fail as one are a [ChangeSet].
///
/// @param members 1 to [ChangeSet#MEMBERS_MAX]
/// @param continueOnError whether those after a refused one are carried out too
public record ExecuteMultiple(List<RecordCommand> members, boolean continueOnError) {

  public ExecuteMultiple {
    members = List.copyOf(members);
    if (members.isEmpty() || members.size() > ChangeSet.MEMBERS_MAX) {
      throw new IllegalArgumentException(
          "at most %d commands are carried out in one message, at least 1, not %d"
              .formatted(ChangeSet.MEMBERS_MAX, members.size()));
    }
  }

  /// What became of one member.
  public sealed interface Response {

    record Accepted(CommandResult result) implements Response {}

    record Refused(Refusal refusal) implements Response {}
  }
}
