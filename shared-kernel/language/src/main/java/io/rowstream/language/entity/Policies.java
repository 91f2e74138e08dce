package io.rowstream.language.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// How records of one entity type are guarded.
///
/// @param optimisticConcurrency whether commands may carry an expected version at all
/// @param versionRequired whether an update or delete without an expected version is refused
/// @param mergeRules groups of attributes that only make sense together: a change to one of them is
///   a change to all when stale changes are merged
/// @param audit whether the history of a record is shown
/// @param changeTracking whether what has changed since an earlier answer can be asked for
public record Policies(
    boolean optimisticConcurrency,
    boolean versionRequired,
    List<Set<String>> mergeRules,
    boolean audit,
    boolean changeTracking) {

  /// Versions are checked when given, attributes merge one by one, history and changes are shown.
  public static final Policies DEFAULT = new Policies(true, false, List.of(), true, true);

  public Policies {
    mergeRules = mergeRules.stream().map(Set::copyOf).toList();
    if (versionRequired && !optimisticConcurrency) {
      throw new IllegalArgumentException("a version cannot be required where none may be given");
    }
  }

  public Policies withVersionRequired() {
    return new Policies(true, true, mergeRules, audit, changeTracking);
  }

  public Policies withoutOptimisticConcurrency() {
    return new Policies(false, false, mergeRules, audit, changeTracking);
  }

  public Policies withoutChangeTracking() {
    return new Policies(optimisticConcurrency, versionRequired, mergeRules, audit, false);
  }

  /// The same policies with one more rule group.
  public Policies mergingTogether(String... group) {
    var groups = new ArrayList<>(mergeRules);
    groups.add(Set.of(group));
    return new Policies(optimisticConcurrency, versionRequired, groups, audit, changeTracking);
  }
}
