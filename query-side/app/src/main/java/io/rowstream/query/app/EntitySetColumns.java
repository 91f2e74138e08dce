package io.rowstream.query.app;

import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.json.RecordJson;
import io.rowstream.query.projections.entitytypes.EntityTypes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The columns of entity sets, worked out once for each definition. Thread-safe.
final class EntitySetColumns implements EntityModel {
  private final EntityTypes types;
  private final Map<String, SetColumns> byType = new ConcurrentHashMap<>();

  /// One set's columns and how its records are written when nothing in particular is asked for.
  record SetColumns(EntityType type, Columns columns, RecordJson allColumns) {}

  EntitySetColumns(EntityTypes types) {
    this.types = types;
  }

  /// The entity types as they are in the log by now.
  List<EntityType> types() {
    types.catchUp();
    return types.all();
  }

  /// The global option sets, at least as they were when [#types] was last asked for.
  List<OptionSet> optionSets() {
    return types.optionSets();
  }

  /// @throws NotFoundException if there is no such set
  SetColumns require(String setName) {
    EntityType type = types.bySetName(setName);
    if (type == null) {
      throw new NotFoundException(setName);
    }
    return columns(type);
  }

  /// @throws NotFoundException if there is no such entity type
  SetColumns requireType(String name) {
    EntityType type = types.byName(name);
    if (type == null) {
      throw new NotFoundException(name);
    }
    return columns(type);
  }

  @Override
  public @Nullable Columns ofType(String name) {
    EntityType type = types.byName(name);
    return type == null ? null : columns(type).columns;
  }

  @Override
  public @Nullable Collection collection(String target, String name) {
    return EntityModel.collection(types.all(), type -> columns(type).columns, target, name);
  }

  @SuppressWarnings("ReferenceEquality")
  private SetColumns columns(EntityType type) {
    SetColumns known = byType.get(type.name());
    if (known != null && known.type == type) {
      return known;
    }
    var columns = new Columns(type);
    var worked = new SetColumns(type, columns, RecordJson.ofAll(columns));
    byType.put(type.name(), worked);
    return worked;
  }
}
