package io.rowstream.command.eventstore;

import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.Definition;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.EntityTypeDefined;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// The entity types defined in the log, by logical name. Thread-safe.
///
/// Whoever defines one on this node refreshes it; definitions made on other nodes are seen at the
/// next refresh, or when a decision that was made without them is turned down.
public final class EntityTypeCatalog {
  private final DataSource dataSource;
  private volatile Known known = new Known(0, Map.of(), Map.of(), List.of());

  /// What is known at one moment.
  ///
  /// @param position of the last definition
  private record Known(
      long position,
      Map<String, Definition> byName,
      Map<String, EntityType> bySet,
      List<EntityType> all) {

    static Known of(long position, Map<String, Definition> byName) {
      var bySet = new HashMap<String, EntityType>();
      var all = new ArrayList<EntityType>();
      for (Definition each : byName.values()) {
        if (each.type() != null) {
          bySet.put(each.type().setName(), each.type());
          all.add(each.type());
        }
      }
      return new Known(position, Map.copyOf(byName), Map.copyOf(bySet), List.copyOf(all));
    }
  }

  public EntityTypeCatalog(DataSource dataSource) {
    this.dataSource = dataSource;
    refresh();
  }

  public Optional<EntityType> find(String name) {
    return Optional.ofNullable(definition(name).type());
  }

  /// What is known of an entity type, and as of which version of its definition's stream.
  public Definition definition(String name) {
    Definition found = known.byName.get(name);
    return found == null ? Definition.none(name) : found;
  }

  public Optional<EntityType> findBySet(String setName) {
    return Optional.ofNullable(known.bySet.get(setName));
  }

  public Collection<EntityType> all() {
    return known.all;
  }

  /// Makes sure that a stream is known as of a version, if it is that of a definition.
  void catchUp(RecordRef stream, long version) {
    if (stream.entityType().equals(EntityType.STREAM)
        && known.byName.values().stream()
            .noneMatch(each -> each.stream().equals(stream) && each.version() >= version)) {
      refresh();
    }
  }

  /// Takes in what has been defined since the last refresh.
  public synchronized void refresh() {
    var definitions = new HashMap<>(known.byName);
    long last = known.position;
    try (var connection = dataSource.getConnection();
        var statement =
            connection.prepareStatement(
                """
                SELECT position, version, payload
                  FROM log.event
                 WHERE entity_type = 'entitytype' AND position > ?
                 ORDER BY position
                """)) {
      statement.setLong(1, last);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var defined = (EntityTypeDefined) EventJson.read(rows.getBytes("payload")).event();
          String name = defined.type().name();
          definitions.put(
              name,
              new Definition(EntityType.stream(name), rows.getLong("version"), defined.type()));
          last = rows.getLong("position");
        }
      }
    } catch (SQLException e) {
      throw new LogUnreadableException("the entity types cannot be read", e);
    }
    known = Known.of(last, definitions);
  }
}
