package io.rowstream.command.domain;

import io.rowstream.command.domain.RecordEvents.PastEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.refusal.ConflictingAttribute;
import io.rowstream.language.refusal.Refusal.VersionMismatch;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What has happened to a record after the version its editor had before the eyes.
final class Unseen {
  private final Map<String, Attribute> attributes = new TreeMap<>();

  /// @param base before the first unseen change
  /// @param theirs after the last
  private record Attribute(Value base, Value theirs, long version, UUID by, Instant on) {}

  static Unseen after(RecordRef record, long seen, long current, RecordEvents events) {
    var unseen = new Unseen();
    try (var past = events.between(record, seen, current)) {
      past.forEachOrdered(unseen::add);
    }
    return unseen;
  }

  private void add(PastEvent past) {
    past.event()
        .changes()
        .forEach((name, change) -> {
          Attribute before = attributes.get(name);
          attributes.put(
              name,
              new Attribute(
                  before == null ? change.before() : before.base(),
                  change.after(),
                  past.version(),
                  past.by(),
                  past.on()));
        });
  }

  /// Whether `mine` can be applied without touching what its sender has not seen: nothing it sets,
  /// and nothing that only makes sense together with it, has become another value than it sets.
  boolean isDisjointFrom(Map<String, Value> mine, Policies policies) {
    for (String touched : withRuleGroups(mine, policies)) {
      Attribute unseen = attributes.get(touched);
      if (unseen != null && !unseen.theirs().equals(mine.get(touched))) {
        return false;
      }
    }
    return true;
  }

  private static Set<String> withRuleGroups(Map<String, Value> mine, Policies policies) {
    var touched = new HashSet<>(mine.keySet());
    for (Set<String> group : policies.mergeRules()) {
      if (group.stream().anyMatch(mine::containsKey)) {
        touched.addAll(group);
      }
    }
    return touched;
  }

  /// The unseen attributes among those about to be written over.
  Set<String> overwrittenBy(Set<String> written) {
    var overwritten = new HashSet<>(attributes.keySet());
    overwritten.retainAll(written);
    return overwritten;
  }

  VersionMismatch mismatch(
      RecordRef record, long expected, long current, Map<String, Value> mine, boolean mergeable) {
    List<ConflictingAttribute> conflicting =
        attributes.entrySet().stream()
            .map(entry -> {
              Attribute unseen = entry.getValue();
              @Nullable Value set = mine.get(entry.getKey());
              return new ConflictingAttribute(
                  entry.getKey(),
                  unseen.base(),
                  unseen.theirs(),
                  set,
                  unseen.version(),
                  unseen.by(),
                  unseen.on(),
                  set != null && !set.equals(unseen.theirs()));
            })
            .toList();
    return new VersionMismatch(record, expected, current, mergeable, conflicting);
  }
}
