package io.rowstream.odata.metadata;

import io.rowstream.language.entity.EntityType;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.ColumnPath;
import io.rowstream.odata.column.Columns;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The `$metadata` document: all entity types, sets and functions as CSDL 4.0 in XML.
///
/// Everything but keys may be null, as Dataverse has it: a type generated from it asks its user for
/// no value that the service gives itself.
public final class CsdlDocument {

  /// The namespace clients know the types by.
  public static final String NAMESPACE = "Microsoft.Dynamics.CRM";

  private static final String ALIAS = "mscrm";
  private static final String EDMX = "http://docs.oasis-open.org/odata/ns/edmx";
  private static final String EDM = "http://docs.oasis-open.org/odata/ns/edm";

  private final XmlElements xml = new XmlElements();
  private final Map<String, EntityType> types = new TreeMap<>();
  private final Map<String, EntityType> sets = new TreeMap<>();
  private final boolean annotated;

  private CsdlDocument(Collection<EntityType> all, boolean annotated) {
    this.annotated = annotated;
    for (EntityType type : all) {
      types.put(type.name(), type);
    }
    types.values().forEach(type -> sets.putIfAbsent(type.setName(), type));
  }

  /// @param annotated whether columns that are read only say so, with `Org.OData.Core.V1.Computed`,
  ///   and sets whose changes are tracked, with `Org.OData.Capabilities.V1.ChangeTracking`
  /// @return UTF-8
  public static byte[] write(Collection<EntityType> types, boolean annotated) {
    return new CsdlDocument(types, annotated).write();
  }

  private byte[] write() {
    xml.open("edmx:Edmx", "xmlns:edmx", EDMX, "Version", "4.0");
    xml.open("edmx:DataServices");
    xml.open("Schema", "xmlns", EDM, "Namespace", NAMESPACE, "Alias", ALIAS);
    types.values().forEach(this::entityType);
    functions();
    xml.open("EntityContainer", "Name", "System");
    sets.values().forEach(this::entitySet);
    for (String function : List.of("RetrieveTotalRecordCount", "WhoAmI")) {
      xml.empty("FunctionImport", "Name", function, "Function", NAMESPACE + "." + function);
    }
    xml.close();
    xml.close();
    xml.close();
    xml.close();
    return xml.document();
  }

  private void entityType(EntityType type) {
    var columns = new Columns(type);
    xml.open("EntityType", "Name", type.name());
    xml.open("Key");
    xml.empty("PropertyRef", "Name", type.primaryId());
    xml.close();
    columns.all().forEach(this::property);
    lookups(columns)
        .forEach((name, hop) -> {
          EntityType target = target(hop);
          xml.open("NavigationProperty", "Name", name, "Type", aliased(target));
          xml.empty(
              "ReferentialConstraint",
              "Property",
              hop.column().wireName(),
              "ReferencedProperty",
              target.primaryId());
          xml.close();
        });
    for (var collection : Referrers.of(columns, types.values())) {
      xml.empty(
          "NavigationProperty",
          "Name",
          collection.name(),
          "Type",
          "Collection(" + aliased(collection.referring()) + ")");
    }
    xml.close();
  }

  /// Those that lead to a type that is there, and have no name of a column.
  private Map<String, ColumnPath.Hop> lookups(Columns columns) {
    var found = new LinkedHashMap<>(columns.hops());
    found
        .entrySet()
        .removeIf(each ->
            !types.containsKey(each.getValue().target()) || columns.find(each.getKey()) != null);
    return found;
  }

  private EntityType target(ColumnPath.Hop hop) {
    return Objects.requireNonNull(types.get(hop.target()));
  }

  private void property(Column column) {
    var attributes =
        Stream.of(
                Stream.of("Name", column.wireName()),
                Arrays.stream(EdmType.facets(column.type())),
                column instanceof Column.PrimaryId
                    ? Stream.of("Nullable", "false")
                    : Stream.<String>empty())
            .flatMap(part -> part)
            .toArray(String[]::new);
    boolean computed = column instanceof Column.Stamp || column instanceof Column.LookupId;
    if (!annotated || !computed) {
      xml.empty("Property", attributes);
      return;
    }
    xml.open("Property", attributes);
    xml.empty("Annotation", "Term", "Org.OData.Core.V1.Computed", "Bool", "true");
    xml.close();
  }

  private void entitySet(EntityType type) {
    xml.open("EntitySet", "Name", type.setName(), "EntityType", NAMESPACE + "." + type.name());
    var columns = new Columns(type);
    lookups(columns).forEach((name, hop) -> binding(name, target(hop)));
    Referrers.of(columns, types.values())
        .forEach(collection -> binding(collection.name(), collection.referring()));
    if (annotated && type.policies().changeTracking()) {
      xml.open("Annotation", "Term", "Org.OData.Capabilities.V1.ChangeTracking");
      xml.open("Record");
      xml.empty("PropertyValue", "Property", "Supported", "Bool", "true");
      xml.close();
      xml.close();
    }
    xml.close();
  }

  private void binding(String path, EntityType target) {
    if (target.equals(sets.get(target.setName()))) {
      xml.empty("NavigationPropertyBinding", "Path", path, "Target", target.setName());
    }
  }

  private void functions() {
    complexType(
        "WhoAmIResponse",
        "BusinessUnitId",
        "Edm.Guid",
        "UserId",
        "Edm.Guid",
        "OrganizationId",
        "Edm.Guid");
    complexType(
        "EntityRecordCountCollection",
        "Count",
        "Edm.Int32",
        "IsReadOnly",
        "Edm.Boolean",
        "Keys",
        "Collection(Edm.String)",
        "Values",
        "Collection(Edm.Int64)");
    complexType(
        "RetrieveTotalRecordCountResponse",
        "EntityRecordCountCollection",
        ALIAS + ".EntityRecordCountCollection");
    xml.open("Function", "Name", "WhoAmI");
    xml.empty("ReturnType", "Type", ALIAS + ".WhoAmIResponse", "Nullable", "false");
    xml.close();
    xml.open("Function", "Name", "RetrieveTotalRecordCount");
    xml.empty(
        "Parameter", "Name", "EntityNames", "Type", "Collection(Edm.String)", "Nullable", "false");
    xml.empty(
        "ReturnType", "Type", ALIAS + ".RetrieveTotalRecordCountResponse", "Nullable", "false");
    xml.close();
  }

  /// @param properties names and types in turn
  private void complexType(String name, String... properties) {
    xml.open("ComplexType", "Name", name);
    for (int i = 0; i < properties.length; i += 2) {
      xml.empty("Property", "Name", properties[i], "Type", properties[i + 1], "Nullable", "false");
    }
    xml.close();
  }

  private static String aliased(EntityType type) {
    return ALIAS + "." + type.name();
  }
}
