package io.rowstream.query.projections.people;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.eventfeed.Registration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Who is behind an id. The people who came or were asked for last are kept in memory and changed
/// there as the feed brings their changes; others are read from the log. Thread-safe.
public final class People implements AutoCloseable {
  private static final int EVENTS_AT_ONCE = 1_000;

  private final EventFeed feed;
  private final RecordLog log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Registration registration;

  // Guarded by lock.
  private final Map<UUID, Known> known;
  private long seen;
  private long changes;

  private record Known(Person person, long version) {}

  /// @param knownMax people kept in memory
  public People(EventFeed feed, RecordLog log, int knownMax) {
    this.feed = feed;
    this.log = log;
    known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<UUID, Known> eldest) {
            return size() > knownMax;
          }
        };
    seen = feed.position();
    registration = feed.onAdvance(this::follow);
  }

  /// The person, deleted or not; empty if there has never been one.
  ///
  /// @throws LogUnreadableException if the log had to be read and could not be
  public Optional<Person> find(UUID id) {
    long changesBefore;
    lock.lock();
    try {
      Known here = known.get(id);
      if (here != null) {
        return Optional.of(here.person);
      }
      changesBefore = changes;
    } finally {
      lock.unlock();
    }
    Known read = read(id);
    if (read == null) {
      return Optional.empty();
    }
    remember(read, changesBefore);
    return Optional.of(read.person);
  }

  /// What a person is called; null if nothing is known.
  public @Nullable String fullname(UUID id) {
    return find(id).map(Person::fullname).orElse(null);
  }

  @Override
  public void close() {
    registration.close();
  }

  private @Nullable Known read(UUID id) {
    var record = new RecordRef(Person.ENTITY_TYPE, id);
    var state = log.state(record).orElse(null);
    if (state == null) {
      return null;
    }
    Map<String, Value> values = state.values();
    if (state.deleted()) {
      for (LoggedEvent last : log.eventsOf(record, state.version() - 1, 1)) {
        values = last.event() instanceof RecordDeleted deleted ? deleted.values() : values;
      }
    }
    return new Known(
        new Person(id, text(values.get(Person.FULLNAME)), state.deleted()), state.version());
  }

  private static @Nullable String text(@Nullable Value value) {
    return value instanceof Value.Text(String text) ? text : null;
  }

  // What was read may be older than what the feed has brought in the meantime.
  private void remember(Known read, long changesBefore) {
    lock.lock();
    try {
      if (changes == changesBefore) {
        known.put(read.person.id(), read);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Called on the feed's thread: it never waits there for PostgreSQL.
  private void follow() {
    lock.lock();
    try {
      if (!feed.reachesBackTo(seen)) {
        known.clear();
        changes++;
        seen = feed.position();
        return;
      }
      for (var units = feed.unitsAfter(seen, EVENTS_AT_ONCE);
          !units.isEmpty();
          units = feed.unitsAfter(seen, EVENTS_AT_ONCE)) {
        units.forEach(unit -> unit.events().forEach(this::take));
        seen = units.getLast().position();
      }
    } finally {
      lock.unlock();
    }
  }

  private void take(LoggedEvent event) {
    if (!event.record().entityType().equals(Person.ENTITY_TYPE)
        || !(event.event() instanceof RecordEvent happened)) {
      return;
    }
    changes++;
    Known before = known.get(event.record().id());
    if (before == null ? !(happened instanceof RecordCreated) : before.version >= event.version()) {
      return;
    }
    boolean deleted = happened instanceof RecordDeleted;
    var change = happened.changes().get(Person.FULLNAME);
    String fullname =
        deleted || change == null
            ? before == null ? null : before.person.fullname()
            : text(change.after());
    known.put(
        event.record().id(),
        new Known(new Person(event.record().id(), fullname, deleted), event.version()));
  }
}
