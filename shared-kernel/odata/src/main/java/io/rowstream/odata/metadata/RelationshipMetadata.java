package io.rowstream.odata.metadata;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.metadata.MetadataType.Family;
import java.util.List;
import java.util.Map;

/// What `RelationshipDefinitions` says about one relationship.
///
/// @param owner whose records refer
record RelationshipMetadata(EntityType owner, Relationship relationship) {
  private static final MetadataType<RelationshipMetadata> COMMON =
      MetadataType.<RelationshipMetadata>named("RelationshipMetadataBase")
          .with(
              MetadataType.ID,
              each ->
                  MetadataValue.of(MetadataIds.ofRelationship(each.relationship.name()).toString()))
          .with("SchemaName", each -> MetadataValue.of(each.relationship.name()))
          .with("RelationshipType", _ -> MetadataValue.of("OneToManyRelationship"));

  private static final MetadataType<RelationshipMetadata> MANY_TO_ONE =
      COMMON
          .derive("OneToManyRelationshipMetadata")
          .with("ReferencedEntity", each -> MetadataValue.of(each.relationship.target()))
          .with("ReferencedAttribute", each -> MetadataValue.of(each.relationship.target() + "id"))
          .with(
              "ReferencedEntityNavigationPropertyName",
              each -> MetadataValue.of(each.relationship.name()))
          .with("ReferencingEntity", each -> MetadataValue.of(each.owner.name()))
          .with("ReferencingAttribute", each -> MetadataValue.of(each.relationship.lookup()))
          .with(
              "ReferencingEntityNavigationPropertyName",
              each -> MetadataValue.of(each.navigationProperty()))
          .with("CascadeConfiguration", RelationshipMetadata::cascade);

  static final Family<RelationshipMetadata> FAMILY =
      new Family<>(COMMON, List.of(MANY_TO_ONE), _ -> MANY_TO_ONE);

  static List<RelationshipMetadata> of(EntityType owner) {
    return owner.relationships().stream()
        .map(each -> new RelationshipMetadata(owner, each))
        .toList();
  }

  private String navigationProperty() {
    Attribute lookup = owner.attribute(relationship.lookup());
    return lookup == null
        ? relationship.lookup()
        : Columns.navigationProperty(lookup, relationship.target());
  }

  private MetadataValue cascade() {
    return MetadataValue.members(
        Map.entry(
            "Delete",
            MetadataValue.of(
                switch (relationship.onDelete()) {
                  case REMOVE_LINK -> "RemoveLink";
                  case RESTRICT -> "Restrict";
                  case CASCADE -> "Cascade";
                })));
  }
}
