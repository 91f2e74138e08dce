package io.rowstream.query.projections.current;

import java.time.Duration;

/// The bounds of the current records.
///
/// @param batchEventsMax events projected in one transaction; a larger unit goes alone
/// @param gatherTime how long events are left to gather while nobody waits for them, so that many
///   are projected in one transaction
/// @param retryPause between two attempts to reach a database that is away
/// @param readsWaitingMax reads of single records in line; beyond it a read is refused at once
/// @param readsTogetherMax reads of single records that share one round trip
/// @param readers connections for reads of single records
/// @param listConnectionsMax lists and counts at the same time; others wait for at most
///   `listConnectionWait`
/// @param statementTimeout of every statement
/// @param catchUpWait how long a list waits for what was in the log before it was asked for
/// @param catchUpEventsMax events the projection may be behind for a list to wait at all
public record CurrentRecordsSettings(
    int batchEventsMax,
    Duration gatherTime,
    Duration retryPause,
    int readsWaitingMax,
    int readsTogetherMax,
    int readers,
    int listConnectionsMax,
    Duration listConnectionWait,
    Duration statementTimeout,
    Duration catchUpWait,
    int catchUpEventsMax) {

  public static final CurrentRecordsSettings DEFAULT =
      new CurrentRecordsSettings(
          2_000,
          Duration.ofMillis(10),
          Duration.ofSeconds(1),
          8_192,
          128,
          2,
          8,
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          10_000);

  public CurrentRecordsSettings {
    requirePositive("batchEventsMax", batchEventsMax);
    requirePositive("gatherTime", gatherTime.toMillis());
    requirePositive("retryPause", retryPause.toMillis());
    requirePositive("readsWaitingMax", readsWaitingMax);
    requirePositive("readsTogetherMax", readsTogetherMax);
    requirePositive("readers", readers);
    requirePositive("listConnectionsMax", listConnectionsMax);
    requirePositive("listConnectionWait", listConnectionWait.toMillis());
    requirePositive("statementTimeout", statementTimeout.toMillis());
    requirePositive("catchUpWait", catchUpWait.toMillis());
    requirePositive("catchUpEventsMax", catchUpEventsMax);
  }

  private static void requirePositive(String what, long found) {
    if (found < 1) {
      throw new IllegalArgumentException(what + " has to be positive, not " + found);
    }
  }
}
