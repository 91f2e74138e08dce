package io.rowstream.language.command;

import java.util.List;

/// Commands that succeed or fail as one, each checked against its own expected version: what
/// Dataverse's ExecuteTransaction does. A refusal says which member it is about.
///
/// @param members 1 to [#MEMBERS_MAX]
public record ChangeSet(List<RecordCommand> members) implements Command {

  /// The most commands in one change set, as Dataverse has it for a batch.
  public static final int MEMBERS_MAX = 1_000;

  public ChangeSet {
    members = List.copyOf(members);
    if (members.isEmpty() || members.size() > MEMBERS_MAX) {
      throw new IllegalArgumentException(
          "a change set has 1 to " + MEMBERS_MAX + " members, not " + members.size());
    }
  }
}
