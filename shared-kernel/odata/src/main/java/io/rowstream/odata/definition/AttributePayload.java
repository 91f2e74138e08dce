package io.rowstream.odata.definition;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.json.JsonObject;
import io.rowstream.odata.metadata.MetadataIds;
import java.util.Objects;
import java.util.Set;

/// The body that makes or changes an attribute.
public final class AttributePayload {

  /// What clients send with every attribute, and nothing here goes by.
  private static final Set<String> NO_DIFFERENCE =
      Set.of(
          "AttributeOf",
          "CanBeSecuredForCreate",
          "CanBeSecuredForRead",
          "CanBeSecuredForUpdate",
          "CanChangeDateTimeBehavior",
          "CanModifyAdditionalSettings",
          "ColumnNumber",
          "CreatedOn",
          "DatabaseLength",
          "DeprecatedVersion",
          "Description",
          "ExternalName",
          "Format",
          "FormatName",
          "FormulaDefinition",
          "HasChanged",
          "ImeMode",
          "InheritsFrom",
          "IntroducedVersion",
          "IsAuditEnabled",
          "IsBaseCurrency",
          "IsCustomAttribute",
          "IsCustomizable",
          "IsDataSourceSecret",
          "IsFilterable",
          "IsGlobalFilterEnabled",
          "IsLocalizable",
          "IsLogical",
          "IsManaged",
          "IsRenameable",
          "IsRequiredForForm",
          "IsRetrievable",
          "IsSearchable",
          "IsSortableEnabled",
          "IsValidForAdvancedFind",
          "IsValidForCreate",
          "IsValidForForm",
          "IsValidForGrid",
          "IsValidForRead",
          "IsValidForUpdate",
          "IsValidODataAttribute",
          "LinkedAttributeId",
          "MaxSupportedValue",
          "MinSupportedValue",
          "ModifiedOn",
          "ParentPicklistLogicalName",
          "PrecisionSource",
          "RequiredLevel",
          "SecuredForRead",
          "SourceType",
          "SourceTypeMask",
          "YomiOf");

  private AttributePayload() {}

  /// @param body of a `POST` to `EntityDefinitions(…)/Attributes`
  /// @throws BadRequest if it describes none that could be made so
  public static Attribute forCreate(String entityType, byte[] body, GlobalSets globalSets) {
    JsonObject json = JsonObject.read(body, "an attribute");
    Names.requireOff(json, "IsPrimaryName");
    return create(entityType, json, globalSets);
  }

  static Attribute create(String entityType, JsonObject json, GlobalSets globalSets) {
    String name = Names.logical(json);
    String kind = AttributeKind.name(json);
    if (kind == null) {
      throw BadRequest.payload("The member '@odata.type' of an attribute is missing.");
    }
    AttributeType type = AttributeKind.byName(kind);
    var members = new TypeMembers(json, globalSets, true);
    return Definition.of(
        entityType, () -> over(entityType, new Attribute(name, "", type), json, members));
  }

  /// @param now what the attribute is
  /// @param body of a `PUT`; what it does not say stays as it is
  /// @param primaryName whether records are known by the attribute
  /// @throws BadRequest if the attribute cannot become so
  public static Attribute forUpdate(
      String entityType, Attribute now, byte[] body, boolean primaryName, GlobalSets globalSets) {
    JsonObject json = JsonObject.read(body, "an attribute");
    Names.requireSame(json, "LogicalName", now.name());
    Names.requireSame(json, "SchemaName", now.name());
    Boolean primary = json.flag("IsPrimaryName");
    if (primary != null && primary != primaryName) {
      throw BadRequest.payload("IsPrimaryName stays " + primaryName + ".");
    }
    String kind = AttributeKind.name(json);
    if (kind != null && !kind.equalsIgnoreCase(AttributeKind.of(now.type()))) {
      throw BadRequest.payload(
          "The attribute keeps its type and does not become " + Quoted.of(kind) + ".");
    }
    return Definition.of(
        entityType, () -> over(entityType, now, json, new TypeMembers(json, globalSets, false)));
  }

  private static Attribute over(
      String entityType, Attribute now, JsonObject json, TypeMembers members) {
    Names.requireSame(json, "EntityLogicalName", entityType);
    Names.requireSame(
        json, "MetadataId", MetadataIds.ofAttribute(entityType, now.name()).toString());
    Names.requireOff(json, "IsPrimaryId");
    Names.requireOff(json, "IsSecured");
    String label = LabelText.of(json, "DisplayName");
    AttributeType type = members.over(now.type());
    json.skip(NO_DIFFERENCE);
    json.requireNothingLeft();
    return new Attribute(now.name(), Objects.requireNonNullElse(label, now.displayName()), type);
  }
}
