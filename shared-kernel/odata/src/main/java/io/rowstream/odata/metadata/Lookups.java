package io.rowstream.odata.metadata;

import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.Column.Stamp;
import io.rowstream.odata.column.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The navigation properties of single value an entity type has: where its lookups lead.
final class Lookups {

  /// The entity type of those who create and modify records.
  private static final String USER = "systemuser";

  private Lookups() {}

  /// @param column the column that holds the id
  record Navigation(String name, String column, EntityType target) {}

  /// In the order of the columns; only those that lead to a type that is there.
  static List<Navigation> of(Columns columns, Map<String, EntityType> types) {
    var found = new ArrayList<Navigation>();
    for (Column column : columns.all()) {
      for (String target : targets(column)) {
        EntityType type = types.get(target);
        String name = name(column, target);
        if (type != null && columns.find(name) == null) {
          found.add(new Navigation(name, column.wireName(), type));
        }
      }
    }
    return found;
  }

  private static Set<String> targets(Column column) {
    return switch (column) {
      case Column.LookupId(var lookup)
          when lookup.type() instanceof AttributeType.Lookup(var targets) ->
          new TreeSet<>(targets);
      case Stamp stamp when stamp == Stamp.CREATED_BY || stamp == Stamp.MODIFIED_BY -> Set.of(USER);
      case Column.LookupId _, Column.Plain _, Column.PrimaryId _, Stamp _ -> Set.of();
    };
  }

  private static String name(Column column, String target) {
    return column instanceof Column.LookupId(var lookup)
        ? Columns.navigationProperty(lookup, target)
        : Column.LookupId.attributeOf(column.wireName());
  }
}
