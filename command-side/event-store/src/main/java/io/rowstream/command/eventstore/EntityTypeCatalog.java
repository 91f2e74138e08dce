package io.rowstream.command.eventstore;

import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.event.ClaimEvent;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.OptionSetEvent.OptionSetDefined;
import io.rowstream.language.event.OptionSetEvent.OptionSetRemoved;
import io.rowstream.language.event.RecordEvent;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/// The entity types and global option sets defined in the log. Thread-safe.
///
/// Whoever defines one on this node refreshes it; definitions made on other nodes are seen at the
/// next refresh.
public final class EntityTypeCatalog {
  private final DataSource dataSource;
  private volatile Map<String, EntityType> byName = Map.of();
  private volatile Map<String, EntityType> bySet = Map.of();
  private volatile Map<String, OptionSet> optionSets = Map.of();
  private long position;

  public EntityTypeCatalog(DataSource dataSource) {
    this.dataSource = dataSource;
    refresh();
  }

  public Optional<EntityType> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Optional<EntityType> findBySet(String setName) {
    return Optional.ofNullable(bySet.get(setName));
  }

  public Collection<EntityType> all() {
    return byName.values();
  }

  /// The global option set of this name, in whatever case.
  public Optional<OptionSet> findOptionSet(String name) {
    return Optional.ofNullable(optionSets.get(name));
  }

  public Collection<OptionSet> optionSets() {
    return optionSets.values();
  }

  /// Takes in what has been defined since the last refresh.
  public synchronized void refresh() {
    var types = new HashMap<>(byName);
    Map<String, OptionSet> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(optionSets);
    long last = position;
    try (var connection = dataSource.getConnection();
        var statement =
            connection.prepareStatement(
                """
                SELECT position, payload
                  FROM log.event
                 WHERE entity_type = 'entitytype' AND position > ?
                 ORDER BY position
                """)) {
      statement.setLong(1, position);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          switch (EventJson.read(rows.getBytes("payload")).event()) {
            case EntityTypeDefined(EntityType type) -> types.put(type.name(), type);
            case OptionSetDefined(OptionSet set, _) -> options.put(set.name(), set);
            case OptionSetRemoved(String name) -> options.remove(name);
            case RecordEvent _, ClaimEvent _ -> {
              // There are none on streams of definitions.
            }
          }
          last = rows.getLong("position");
        }
      }
    } catch (SQLException e) {
      throw new LogUnreadableException("the entity types cannot be read", e);
    }
    var sets = new HashMap<String, EntityType>();
    types.values().forEach(type -> sets.put(type.setName(), type));
    byName = Map.copyOf(types);
    bySet = Map.copyOf(sets);
    optionSets = Collections.unmodifiableMap(options);
    position = last;
  }
}
