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
public record Policies(
    boolean optimisticConcurrency,
    boolean versionRequired,
    List<Set<String>> mergeRules,
    boolean audit) {

  /// Versions are checked when given, attributes merge one by one, history is shown.
  public static final Policies DEFAULT = new Policies(true, false, List.of(), true);

  public Policies {
    mergeRules = mergeRules.stream().map(Set::copyOf).toList();
    if (versionRequired && !optimisticConcurrency) {
      throw new IllegalArgumentException("a version cannot be required where none may be given");
    }
  }

  public Policies withVersionRequired() {
    return new Policies(true, true, mergeRules, audit);
  }

  public Policies withoutOptimisticConcurrency() {
    return new Policies(false, false, mergeRules, audit);
  }

  /// The same policies with one more rule group.
  public Policies mergingTogether(String... group) {
    var groups = new ArrayList<>(mergeRules);
    groups.add(Set.of(group));
    return new Policies(optimisticConcurrency, versionRequired, groups, audit);
  }
}
