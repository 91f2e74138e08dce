package io.rowstream.query.projections;

import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.LogWriter.SaidTogether;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Events of a few widgets that could really have happened: created, changed, deleted, restored,
/// created again, alone and in change sets. For one thread.
public final class RandomHistory {
  private final Random random;
  private final int records;
  private final Map<RecordRef, List<Map<String, Value>>> versions = new HashMap<>();
  private final Map<RecordRef, Boolean> alive = new HashMap<>();

  public RandomHistory(Random random, int records) {
    this.random = random;
    this.records = records;
  }

  /// One to six units for one commit.
  public SaidTogether[] nextUnits() {
    var units = new SaidTogether[random.nextInt(1, 7)];
    for (int i = 0; i < units.length; i++) {
      int size = random.nextInt(4) == 0 ? random.nextInt(2, 9) : 1;
      var events = new ArrayList<Said>();
      for (int n = 0; n < size; n++) {
        events.add(nextEvent());
      }
      units[i] =
          new SaidTogether(
              new Origin("command-" + random.nextLong(), null, new UUID(9, random.nextInt(3))),
              events);
    }
    return units;
  }

  private Said nextEvent() {
    RecordRef record = Widgets.ref(random.nextInt(records));
    var past = versions.computeIfAbsent(record, _ -> new ArrayList<>());
    Map<String, Value> now = past.isEmpty() ? Map.of() : past.getLast();
    RecordEvent event = nextEvent(past, now, alive.getOrDefault(record, false));
    var next = new HashMap<>(now);
    event
        .changes()
        .forEach((name, change) -> {
          if (change.after().isEmpty()) {
            next.remove(name);
          } else {
            next.put(name, change.after());
          }
        });
    past.add(next);
    alive.put(record, !(event instanceof RecordDeleted));
    return new Said(record, event);
  }

  private RecordEvent nextEvent(
      List<Map<String, Value>> past, Map<String, Value> now, boolean isAlive) {
    int dice = random.nextInt(10);
    if (past.isEmpty() || (!isAlive && dice < 6)) {
      return new RecordCreated(someValues());
    }
    if (!isAlive || dice == 0) {
      int as = random.nextInt(past.size());
      return new RecordRestored(changes(now, past.get(as)), as, false, Set.of());
    }
    if (dice == 1) {
      return new RecordDeleted(now, random.nextBoolean(), Set.of());
    }
    var after = new HashMap<>(now);
    after.putAll(someValues());
    Widgets.TYPE
        .attributes()
        .keySet()
        .forEach(name -> {
          if (random.nextInt(6) == 0) {
            after.remove(name);
          }
        });
    return new RecordUpdated(changes(now, after), false, false, Set.of());
  }

  private Map<String, Value> someValues() {
    var values = new HashMap<String, Value>();
    Widgets.TYPE
        .attributes()
        .values()
        .forEach(attribute -> {
          if (random.nextInt(3) == 0) {
            values.put(attribute.name(), Widgets.anyValue(attribute.type(), random));
          }
        });
    return values;
  }

  private static Map<String, Change> changes(Map<String, Value> before, Map<String, Value> after) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    var changes = new HashMap<String, Change>();
    for (String name : names) {
      Value was = before.getOrDefault(name, Value.empty());
      Value is = after.getOrDefault(name, Value.empty());
      if (!was.equals(is)) {
        changes.put(name, new Change(was, is));
      }
    }
    return changes;
  }
}
