package io.rowstream.odata.definition;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.entity.Relationship.OnDelete;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.json.JsonObject;
import io.rowstream.odata.metadata.MetadataIds;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The body that makes or changes a relationship of records of one entity type to one of another.
public final class RelationshipPayload {
  private static final String TYPE = "OneToManyRelationshipMetadata";

  /// What clients send with every relationship, and nothing here goes by.
  private static final Set<String> NO_DIFFERENCE =
      Set.of(
          "AssociatedMenuConfiguration",
          "EntityKey",
          "HasChanged",
          "IntroducedVersion",
          "IsCustomRelationship",
          "IsCustomizable",
          "IsHierarchical",
          "IsManaged",
          "IsValidForAdvancedFind",
          "RelationshipAttributes",
          "RelationshipBehavior",
          "SecurityTypes");

  /// What clients send with every lookup, and nothing here goes by.
  private static final Set<String> NO_DIFFERENCE_OF_LOOKUPS =
      Set.of("Description", "RequiredLevel", "Format", "IsValidForAdvancedFind", "IsAuditEnabled");

  private RelationshipPayload() {}

  /// A lookup that is to be made.
  ///
  /// @param entityType whose records are to refer
  /// @param displayName of the lookup
  public record Made(String entityType, String displayName, Relationship relationship) {}

  /// @param body of a `POST` to `RelationshipDefinitions`
  /// @throws BadRequest if it describes none that could be made so
  public static Made forCreate(byte[] body) {
    JsonObject json = JsonObject.read(body, "a relationship");
    Names.requireType(json, TYPE);
    String name = json.requireText("SchemaName");
    String target = json.requireText("ReferencedEntity");
    String entityType = json.requireText("ReferencingEntity");
    JsonObject lookup = json.object("Lookup");
    if (lookup == null) {
      throw BadRequest.payload("The member 'Lookup' of a relationship is missing.");
    }
    String attribute = Names.logical(lookup);
    Names.requireSame(lookup, "@odata.type", "Microsoft.Dynamics.CRM.LookupAttributeMetadata");
    Names.requireSame(lookup, "AttributeType", "Lookup");
    lookup.object("AttributeTypeName");
    Names.requireOff(lookup, "IsPrimaryName");
    String displayName = LabelText.of(lookup, "DisplayName");
    lookup.skip(NO_DIFFERENCE_OF_LOOKUPS);
    lookup.requireNothingLeft();
    OnDelete onDelete = onDelete(json);
    Relationship relationship =
        Definition.of(
            entityType,
            () ->
                new Relationship(
                    name,
                    attribute,
                    target,
                    Objects.requireNonNullElse(onDelete, OnDelete.REMOVE_LINK)));
    end(json, relationship, attribute);
    return new Made(entityType, Objects.requireNonNullElse(displayName, ""), relationship);
  }

  /// @param type whose records refer
  /// @param now what the relationship is
  /// @param body of a `PUT`; what it does not say stays as it is
  /// @return what becomes of records that refer to one that is deleted
  /// @throws BadRequest if the relationship cannot become so
  public static OnDelete forUpdate(EntityType type, Relationship now, byte[] body) {
    JsonObject json = JsonObject.read(body, "a relationship");
    Names.requireType(json, TYPE);
    Names.requireSame(json, "SchemaName", now.name());
    Names.requireSame(json, "ReferencedEntity", now.target());
    Names.requireSame(json, "ReferencingEntity", type.name());
    Names.requireSame(json, "MetadataId", MetadataIds.ofRelationship(now.name()).toString());
    OnDelete onDelete = onDelete(json);
    Attribute lookup = type.attribute(now.lookup());
    end(
        json,
        now,
        lookup == null ? now.lookup() : Columns.navigationProperty(lookup, now.target()));
    return Objects.requireNonNullElse(onDelete, now.onDelete());
  }

  private static @Nullable OnDelete onDelete(JsonObject json) {
    JsonObject cascade = json.object("CascadeConfiguration");
    String delete = cascade == null ? null : cascade.text("Delete");
    return switch (delete) {
      case null -> null;
      case "RemoveLink" -> OnDelete.REMOVE_LINK;
      case "Restrict" -> OnDelete.RESTRICT;
      case "Cascade" -> OnDelete.CASCADE;
      default ->
          throw new BadRequest(
              ErrorCode.INVALID_ARGUMENT,
              "CascadeConfiguration.Delete is RemoveLink, Restrict or Cascade, not "
                  + Quoted.of(delete)
                  + ".");
    };
  }

  private static void end(JsonObject json, Relationship relationship, String navigationProperty) {
    Names.requireSame(json, "ReferencedAttribute", relationship.target() + "id");
    Names.requireSame(json, "ReferencingAttribute", relationship.lookup());
    Names.requireSame(json, "ReferencedEntityNavigationPropertyName", relationship.name());
    Names.requireSame(json, "ReferencingEntityNavigationPropertyName", navigationProperty);
    Names.requireSame(json, "RelationshipType", "OneToManyRelationship");
    json.skip(NO_DIFFERENCE);
    json.requireNothingLeft();
  }
}
