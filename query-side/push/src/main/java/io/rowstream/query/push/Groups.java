package io.rowstream.query.push;

import io.netty.channel.EventLoop;
import io.rowstream.language.RecordRef;
import io.rowstream.query.eventfeed.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// All groups, found by what they could match. Thread-safe.
final class Groups {
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<WatchFilter, Group> groups = new HashMap<>();
  private final Map<RecordRef, List<Group>> byRecord = new HashMap<>();
  private final Map<String, List<Group>> byEntityType = new HashMap<>();
  private final List<Group> ofEverything = new ArrayList<>();
  private long matched;

  /// @param matched the position after which units will be matched
  Groups(long matched) {
    this.matched = matched;
  }

  /// Counts one more watcher in; its group gets every matching unit from now on.
  Members join(WatchFilter filter, EventLoop loop) {
    lock.lock();
    try {
      var group = groups.get(filter);
      if (group == null) {
        group = new Group(filter, matched);
        groups.put(filter, group);
        index(group);
      }
      group.watchers++;
      return group.membersOn(loop);
    } finally {
      lock.unlock();
    }
  }

  private void index(Group group) {
    var filter = group.filter();
    if (filter.isEverything()) {
      ofEverything.add(group);
    }
    for (var record : filter.records()) {
      byRecord.computeIfAbsent(record, _ -> new ArrayList<>(1)).add(group);
    }
    for (var type : filter.entityTypes()) {
      byEntityType.computeIfAbsent(type, _ -> new ArrayList<>(1)).add(group);
    }
  }

  void leave(Group group) {
    lock.lock();
    try {
      group.watchers--;
      if (group.watchers == 0) {
        groups.remove(group.filter());
        ofEverything.remove(group);
        group.filter().records().forEach(record -> unindex(byRecord, record, group));
        group.filter().entityTypes().forEach(type -> unindex(byEntityType, type, group));
      }
    } finally {
      lock.unlock();
    }
  }

  private static <K> void unindex(Map<K, List<Group>> index, K key, Group group) {
    index.computeIfPresent(
        key,
        (_, found) -> {
          found.remove(group);
          return found.isEmpty() ? null : found;
        });
  }

  /// For each group the units that may concern it. A group that comes later does not get them.
  Map<Group, List<Unit>> match(List<Unit> units) {
    Map<Group, List<Unit>> matches = new LinkedHashMap<>();
    lock.lock();
    try {
      for (var unit : units) {
        for (var group : concerned(unit)) {
          matches.computeIfAbsent(group, _ -> new ArrayList<>(1)).add(unit);
        }
      }
      matched = units.getLast().position();
      return matches;
    } finally {
      lock.unlock();
    }
  }

  private Collection<Group> concerned(Unit unit) {
    Set<Group> found = new LinkedHashSet<>(ofEverything);
    for (var event : unit.events()) {
      found.addAll(byRecord.getOrDefault(event.record(), List.of()));
      found.addAll(byEntityType.getOrDefault(event.record().entityType(), List.of()));
    }
    return found;
  }

  int count() {
    lock.lock();
    try {
      return groups.size();
    } finally {
      lock.unlock();
    }
  }
}
