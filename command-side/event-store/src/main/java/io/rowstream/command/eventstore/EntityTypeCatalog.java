package io.rowstream.command.eventstore;

import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.LogDamagedException;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.Definition;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.KnownDefinitions;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.event.ClaimEvent;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.OptionSetEvent.OptionSetDefined;
import io.rowstream.language.event.OptionSetEvent.OptionSetRemoved;
import io.rowstream.language.event.RecordEvent;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/// The entity types and global option sets defined in the log. Thread-safe.
///
/// Whoever defines one on this node refreshes it; definitions made on other nodes are seen at the
/// next refresh, or when a decision that was made without them is turned down.
public final class EntityTypeCatalog {
  private final DataSource dataSource;
  private volatile Known known = Known.of(new KnownDefinitions(0, Map.of()), Map.of());

  /// What is known at one moment.
  private record Known(
      KnownDefinitions definitions,
      Map<String, EntityType> bySet,
      List<EntityType> all,
      Map<String, OptionSet> optionSets) {

    static Known of(KnownDefinitions definitions, Map<String, OptionSet> optionSets) {
      List<EntityType> all = definitions.types().toList();
      var bySet = new HashMap<String, EntityType>();
      all.forEach(type -> bySet.put(type.setName(), type));
      return new Known(
          definitions, Map.copyOf(bySet), all, Collections.unmodifiableMap(optionSets));
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

  /// The global option set of this name, in whatever case.
  public Optional<OptionSet> findOptionSet(String name) {
    return Optional.ofNullable(known.optionSets.get(name));
  }

  public Collection<OptionSet> optionSets() {
    return known.optionSets.values();
  }

  /// Takes in what has been defined since the last refresh.
  public synchronized void refresh() {
    var definitions = new HashMap<>(known.definitions.byName());
    Map<String, OptionSet> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(known.optionSets);
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
          long version = rows.getLong("version");
          switch (EventJson.read(rows.getBytes("payload")).event()) {
            case EntityTypeDefined(EntityType type) ->
                definitions.put(type.name(), new Definition(type.name(), version, type));
            case EntityTypeRemoved(String name) ->
                definitions.put(name, new Definition(name, version, null));
            case OptionSetDefined(OptionSet set, _) -> options.put(set.name(), set);
            case OptionSetRemoved(String name) -> options.remove(name);
            case RecordEvent _, ClaimEvent _ ->
                throw new LogDamagedException("the stream of a definition holds other events");
          }
          last = rows.getLong("position");
        }
      }
    } catch (SQLException e) {
      throw new LogUnreadableException("the entity types cannot be read", e);
    }
    known = Known.of(new KnownDefinitions(last, definitions), options);
  }
}
