package io.rowstream.command.eventstore;

import java.time.Duration;

/// Bounds of the [GroupCommit].
///
/// @param batchCommandsMax commands sharing one commit; 1 turns grouping off
/// @param batchBytesMax payload sharing one commit, in bytes; a larger command commits alone
/// @param queueCommandsMax commands waiting; beyond it an append is refused at once
/// @param appendTimeout how long a command waits for its commit, also while the database is away
/// @param lockTimeout how long a commit waits for the head's lock of another node
/// @param reconnectInterval the shortest time between two attempts to reach the database
/// @param knownHeadsMax streams whose version is remembered between commits
public record GroupCommitSettings(
    int batchCommandsMax,
    int batchBytesMax,
    int queueCommandsMax,
    Duration appendTimeout,
    Duration lockTimeout,
    Duration reconnectInterval,
    int knownHeadsMax) {

  public static final GroupCommitSettings DEFAULT =
      new GroupCommitSettings(
          512,
          4 << 20,
          16_384,
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          100_000);

  public GroupCommitSettings {
    if (batchCommandsMax < 1 || batchBytesMax < 1 || queueCommandsMax < 1 || knownHeadsMax < 1) {
      throw new IllegalArgumentException("every bound is at least 1");
    }
  }
}
