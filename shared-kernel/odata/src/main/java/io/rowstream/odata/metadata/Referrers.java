package io.rowstream.odata.metadata;

import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.odata.column.Columns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/// The collection-valued navigation properties an entity type has: what refers to it.
final class Referrers {

  private Referrers() {}

  record Navigation(String name, EntityType referring) {}

  /// Of two with one name the first counts, and none that is named like something else of the type.
  static List<Navigation> of(Columns columns, Collection<EntityType> types) {
    String target = columns.entityType().name();
    var names = new HashSet<String>();
    var found = new ArrayList<Navigation>();
    for (EntityType type : types) {
      for (Relationship each : type.relationships()) {
        if (each.target().equals(target)
            && columns.find(each.name()) == null
            && columns.hop(each.name()) == null
            && names.add(each.name())) {
          found.add(new Navigation(each.name(), type));
        }
      }
    }
    return found;
  }
}
