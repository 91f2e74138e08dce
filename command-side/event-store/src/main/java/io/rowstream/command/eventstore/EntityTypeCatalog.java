package io.rowstream.command.eventstore;

import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.LogDamagedException;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.Definition;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.KnownDefinitions;
import io.rowstream.language.event.ClaimEvent;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.RecordEvent;
import java.sql.SQLException;
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
  private volatile Known known = Known.of(new KnownDefinitions(0, Map.of()));

  /// What is known at one moment.
  private record Known(
      KnownDefinitions definitions, Map<String, EntityType> bySet, List<EntityType> all) {

    static Known of(KnownDefinitions definitions) {
      List<EntityType> all = definitions.types().toList();
      var bySet = new HashMap<String, EntityType>();
      all.forEach(type -> bySet.put(type.setName(), type));
      return new Known(definitions, Map.copyOf(bySet), all);
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
    return known.definitions.of(name);
  }

  public KnownDefinitions definitions() {
    return known.definitions;
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
        && known.definitions.byName().values().stream()
            .noneMatch(each -> each.stream().equals(stream) && each.version() >= version)) {
      refresh();
    }
  }

  /// Takes in what has been defined since the last refresh.
  public synchronized void refresh() {
    var definitions = new HashMap<>(known.definitions.byName());
    long last = known.definitions.position();
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
          Definition said = definition(rows.getBytes("payload"), rows.getLong("version"));
          definitions.put(said.name(), said);
          last = rows.getLong("position");
        }
      }
    } catch (SQLException e) {
      throw new LogUnreadableException("the entity types cannot be read", e);
    }
    known = Known.of(new KnownDefinitions(last, definitions));
  }

  private static Definition definition(byte[] payload, long version) {
    return switch (EventJson.read(payload).event()) {
      case EntityTypeDefined(EntityType type) -> new Definition(type.name(), version, type);
      case EntityTypeRemoved(String name) -> new Definition(name, version, null);
      case RecordEvent _, ClaimEvent _ ->
          throw new LogDamagedException("the stream of a definition holds other events");
    };
  }
}
