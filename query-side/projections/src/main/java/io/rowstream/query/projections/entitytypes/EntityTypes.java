package io.rowstream.query.projections.entitytypes;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.event.ClaimEvent;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.OptionSetEvent.OptionSetDefined;
import io.rowstream.language.event.OptionSetEvent.OptionSetRemoved;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.eventfeed.Registration;
import io.rowstream.query.eventfeed.Unit;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The entity types and global option sets as their latest definitions have them: read from the log
/// at start, kept up with by the feed. Thread-safe; a look costs a look into a map.
public final class EntityTypes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EntityTypes.class);
  private static final int EVENTS_AT_ONCE = 1_000;

  private final DataSource reader;
  private final EventFeed feed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Registration registration;

  // Guarded by lock.
  private final Map<String, Defined> definitions = new TreeMap<>();
  private final Map<RecordRef, SetDefined> optionSets = new HashMap<>();
  private long seen;

  private final AtomicBoolean reloading = new AtomicBoolean();
  private final AtomicInteger followCalls = new AtomicInteger();
  private volatile Catalogue catalogue = Catalogue.of(List.of(), List.of());

  /// @param type null if there is none of the name any more
  private record Defined(@Nullable EntityType type, long position) {}

  /// @param set null once it is removed
  private record SetDefined(@Nullable OptionSet set, long position) {}

  private record Catalogue(
      Map<String, EntityType> byName,
      Map<String, EntityType> bySetName,
      List<OptionSet> optionSets) {
    static Catalogue of(Collection<Defined> definitions, Collection<SetDefined> optionSets) {
      List<EntityType> types =
          definitions.stream().flatMap(each -> Stream.ofNullable(each.type)).toList();
      return new Catalogue(
          types.stream().collect(toMap(EntityType::name)),
          types.stream().collect(toMap(EntityType::setName)),
          optionSets.stream()
              .flatMap(each -> Stream.ofNullable(each.set))
              .sorted(Comparator.comparing(OptionSet::name))
              .toList());
    }

    private static Collector<EntityType, ?, Map<String, EntityType>> toMap(
        Function<EntityType, String> name) {
      return Collectors.toMap(name, type -> type, (first, _) -> first);
    }
  }

  private EntityTypes(DataSource reader, EventFeed feed) throws SQLException {
    this.reader = reader;
    this.feed = feed;
    load();
    registration = feed.onAdvance(this::follow);
    follow();
  }

  /// @param reader connections of the role `rowstream_reader`
  /// @throws IllegalStateException if the log cannot be read
  public static EntityTypes start(DataSource reader, EventFeed feed) {
    try {
      return new EntityTypes(reader, feed);
    } catch (SQLException failure) {
      throw new IllegalStateException("the entity types cannot be read", failure);
    }
  }

  public @Nullable EntityType byName(String name) {
    return catalogue.byName.get(name);
  }

  public @Nullable EntityType bySetName(String setName) {
    return catalogue.bySetName.get(setName);
  }

  /// In the order of their names.
  public List<EntityType> all() {
    return catalogue.byName.values().stream()
        .sorted(Comparator.comparing(EntityType::name))
        .toList();
  }

  /// The global option sets, in the order of their names.
  public List<OptionSet> optionSets() {
    return catalogue.optionSets;
  }

  /// Takes in what was defined before the call, for which the caller waits.
  ///
  /// @throws LogUnreadableException if PostgreSQL did not answer
  public void catchUp() {
    try {
      long defined = last();
      lock.lock();
      try {
        if (seen < defined) {
          load();
        }
      } finally {
        lock.unlock();
      }
      follow();
    } catch (SQLException failure) {
      throw new LogUnreadableException("the entity types cannot be read", failure);
    }
  }

  private long last() throws SQLException {
    try (var connection = reader.getConnection()) {
      return ReadDefinitions.last(connection);
    }
  }

  @Override
  public void close() {
    registration.close();
  }

  private void load() throws SQLException {
    lock.lock();
    try (var connection = reader.getConnection()) {
      long position = feed.position();
      var events = ReadDefinitions.run(connection);
      events.forEach(this::take);
      seen = Math.max(seen, position);
      reloading.set(false);
      publish();
    } finally {
      lock.unlock();
    }
  }

  /// Takes what the feed has got since. Called on the feed's thread: it never waits there, neither
  /// for PostgreSQL nor for another thread, which sees that it was called and looks again.
  private void follow() {
    int calls = followCalls.incrementAndGet();
    while (lock.tryLock()) {
      try {
        calls = followCalls.get();
        followLocked();
      } finally {
        lock.unlock();
      }
      if (calls == followCalls.get()) {
        return;
      }
    }
  }

  private void followLocked() {
    if (!feed.reachesBackTo(seen)) {
      if (reloading.compareAndSet(false, true)) {
        Thread.ofVirtual().name("entity-types").start(this::reload);
      }
      return;
    }
    boolean defined = false;
    for (var units = next(); !units.isEmpty(); units = next()) {
      for (var unit : units) {
        for (var event : unit.events()) {
          defined |= take(event);
        }
      }
      seen = units.getLast().position();
    }
    if (defined) {
      publish();
    }
  }

  private List<Unit> next() {
    return feed.unitsAfter(seen, EVENTS_AT_ONCE);
  }

  private void reload() {
    try {
      load();
    } catch (SQLException failure) {
      reloading.set(false);
      LOG.warn("the entity types may be out of date until the next event", failure);
      return;
    }
    follow();
  }

  private boolean take(LoggedEvent event) {
    return switch (event.event()) {
      case EntityTypeDefined(EntityType type) -> take(type.name(), type, event.position());
      case EntityTypeRemoved(String name) -> take(name, null, event.position());
      case OptionSetDefined(OptionSet set, _) -> take(event, set);
      case OptionSetRemoved _ -> take(event, null);
      case RecordEvent _, ClaimEvent _ -> false;
    };
  }

  private boolean take(String name, @Nullable EntityType type, long position) {
    definitions.merge(
        name,
        new Defined(type, position),
        (known, said) -> said.position > known.position ? said : known);
    return true;
  }

  private boolean take(LoggedEvent event, @Nullable OptionSet set) {
    optionSets.merge(
        event.record(),
        new SetDefined(set, event.position()),
        (known, said) -> said.position > known.position ? said : known);
    return true;
  }

  private void publish() {
    catalogue = Catalogue.of(definitions.values(), optionSets.values());
  }
}
