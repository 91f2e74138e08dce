package io.rowstream.odata.column;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The one place that maps between names on the wire and attributes of an entity type.
///
/// Immutable; built once for each definition of an entity type.
public final class Columns {

  private final EntityType entityType;
  private final Column.PrimaryId primaryId;
  private final Map<String, Column> byWireName = new LinkedHashMap<>();
  private final Map<String, Column> byAttribute = new HashMap<>();
  private final Map<String, Binding> bindings = new HashMap<>();
  private final SequencedMap<String, ColumnPath.Hop> hops = new LinkedHashMap<>();
  private final List<Column> all;

  public Columns(EntityType entityType) {
    this.entityType = entityType;
    primaryId = new Column.PrimaryId(entityType.primaryId());
    put(primaryId);
    for (Attribute attribute : entityType.attributes().values()) {
      Column column = column(attribute);
      put(column);
      byAttribute.put(attribute.name(), column);
    }
    for (Column stamp : Column.Stamp.values()) {
      put(stamp);
    }
    hops.put("createdby", new ColumnPath.Hop(Column.Stamp.CREATED_BY, Column.Stamp.USERS));
    hops.put("modifiedby", new ColumnPath.Hop(Column.Stamp.MODIFIED_BY, Column.Stamp.USERS));
    all = List.copyOf(byWireName.values());
  }

  private void put(Column column) {
    if (byWireName.put(column.wireName(), column) != null) {
      throw new IllegalArgumentException(
          entityType.name()
              + " has an attribute that is named like a column of the service: "
              + column.wireName());
    }
  }

  private Column column(Attribute attribute) {
    if (!(attribute.type() instanceof AttributeType.Lookup(var targets))) {
      return new Column.Plain(attribute);
    }
    var column = new Column.LookupId(attribute);
    for (String target : new TreeSet<>(targets)) {
      String property = navigationProperty(attribute, target);
      bindings.putIfAbsent(property, new Binding(attribute, target));
      hops.putIfAbsent(property, new ColumnPath.Hop(column, target));
    }
    return column;
  }

  /// What a navigation property of single value sets.
  ///
  /// @param target the entity type it can be bound to
  public record Binding(Attribute attribute, String target) {}

  public EntityType entityType() {
    return entityType;
  }

  /// The primary id first, then the attributes in their order, then what the service notes.
  public List<Column> all() {
    return all;
  }

  public Column.PrimaryId primaryId() {
    return primaryId;
  }

  /// @return null if there is no such column
  public @Nullable Column find(String wireName) {
    return byWireName.get(wireName);
  }

  /// The column a query names.
  ///
  /// @throws BadRequest if there is none
  public Column require(String wireName) {
    Column column = byWireName.get(wireName);
    if (column == null) {
      throw BadRequest.query(
          "Could not find a property named "
              + Quoted.of(wireName)
              + " on type 'Microsoft.Dynamics.CRM."
              + entityType.name()
              + "'.");
    }
    return column;
  }

  /// The columns `$select` names; all of them when it names none. The primary id is always there.
  ///
  /// @throws BadRequest if one of them does not exist
  public List<Column> select(List<String> wireNames) {
    if (wireNames.isEmpty()) {
      return all;
    }
    var selected = new LinkedHashSet<Column>();
    selected.add(primaryId);
    wireNames.forEach(name -> selected.add(require(name)));
    return List.copyOf(selected);
  }

  /// What an attribute is called on the wire; its own name when the entity type no longer has it.
  public String wireNameOf(String attribute) {
    Column column = byAttribute.get(attribute);
    return column == null ? attribute : column.wireName();
  }

  /// What a navigation property of single value sets: `primarycontactid`, or
  /// `parentcustomerid_account` of a lookup with several targets.
  ///
  /// @return null if there is no such navigation property
  public @Nullable Binding binding(String navigationProperty) {
    return bindings.get(navigationProperty);
  }

  /// Where a navigation property of single value leads, to the users of [Column.Stamp] too.
  ///
  /// @return null if there is no such navigation property
  public ColumnPath.@Nullable Hop hop(String navigationProperty) {
    return hops.get(navigationProperty);
  }

  /// Where a lookup may lead, in the order of the entity types' names.
  public List<ColumnPath.Hop> hops(Attribute lookup) {
    var column = new Column.LookupId(lookup);
    return hops.values().stream().filter(hop -> hop.column().equals(column)).toList();
  }

  /// All navigation properties of single value by name, in the order of their columns.
  public SequencedMap<String, ColumnPath.Hop> hops() {
    return Collections.unmodifiableSequencedMap(hops);
  }

  /// The navigation property that leads from a column to records of `target`.
  public static String navigationProperty(Column column, String target) {
    return column instanceof Column.LookupId(Attribute lookup)
        ? navigationProperty(lookup, target)
        : Column.LookupId.attributeOf(column.wireName());
  }

  /// The navigation property that leads from a lookup to records of `target`.
  public static String navigationProperty(Attribute lookup, String target) {
    return lookup.type() instanceof AttributeType.Lookup(var targets) && targets.size() > 1
        ? lookup.name() + "_" + target
        : lookup.name();
  }
}
