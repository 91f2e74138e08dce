package io.rowstream.command.domain;

import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.command.ConcurrencyBehavior;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.Map;
import java.util.Set;

/// The four concurrency behaviours, applied to one command on one existing record.
///
/// @param current version of the record
/// @param mine what the command sets
/// @param touched every attribute the command changes
record VersionCheck(
    RecordRef record,
    EntityType type,
    long current,
    Map<String, Value> mine,
    Set<String> touched,
    RecordEvents events) {

  /// @throws RefusedException if the command may not proceed
  Clearance check(Expectation expectation) {
    Policies policies = type.policies();
    RowVersion expected = expectation.version();
    if (expected != null && !policies.optimisticConcurrency()) {
      throw refused(new Refusal.OptimisticConcurrencyNotEnabled(type.name()));
    }
    if (expected == null) {
      return withoutVersion(expectation.behavior(), policies);
    }
    if (expected.number() == current) {
      return Clearance.UP_TO_DATE;
    }
    return stale(expectation.behavior(), expected.number());
  }

  private Clearance withoutVersion(ConcurrencyBehavior behavior, Policies policies) {
    return switch (behavior) {
      case DEFAULT -> {
        if (policies.versionRequired()) {
          throw refused(new Refusal.VersionNotProvided(record, true));
        }
        yield Clearance.UP_TO_DATE;
      }
      case IF_ROW_VERSION_MATCHES, MERGE_IF_DISJOINT -> {
        if (!policies.optimisticConcurrency()) {
          throw refused(new Refusal.OptimisticConcurrencyNotEnabled(type.name()));
        }
        throw refused(new Refusal.VersionNotProvided(record, policies.versionRequired()));
      }
      case ALWAYS_OVERWRITE -> Clearance.forced(Set.of());
    };
  }

  private Clearance stale(ConcurrencyBehavior behavior, long expected) {
    boolean fromTheFuture = expected > current;
    Unseen unseen = Unseen.after(record, Math.min(expected, current), current, events);
    boolean mergeable =
        !fromTheFuture && !mine.isEmpty() && unseen.isDisjointFrom(mine, type.policies());
    if (behavior == ConcurrencyBehavior.ALWAYS_OVERWRITE) {
      return Clearance.forced(unseen.overwrittenBy(touched));
    }
    if (behavior == ConcurrencyBehavior.MERGE_IF_DISJOINT && mergeable) {
      return Clearance.MERGED;
    }
    throw refused(unseen.mismatch(record, expected, current, mine, mergeable));
  }

  private RefusedException refused(Refusal refusal) {
    return new RefusedException(refusal, Map.of(record, current));
  }
}
