package io.rowstream.command.eventstore;

import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.EntityTypeDefined;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// The entity types defined in the log, by logical name. Thread-safe.
///
/// Whoever defines one on this node refreshes it; definitions made on other nodes are seen at the
/// next refresh.
public final class EntityTypeCatalog {
  private final DataSource dataSource;
  private volatile Map<String, EntityType> byName = Map.of();
  private volatile Map<String, EntityType> bySet = Map.of();
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

  /// Takes in what has been defined since the last refresh.
  public synchronized void refresh() {
    var types = new HashMap<>(byName);
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
          var defined = (EntityTypeDefined) EventJson.read(rows.getBytes("payload")).event();
          types.put(defined.type().name(), defined.type());
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
    position = last;
  }
}
