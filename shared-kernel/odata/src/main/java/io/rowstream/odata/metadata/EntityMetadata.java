package io.rowstream.odata.metadata;

import io.rowstream.language.entity.EntityType;
import io.rowstream.odata.metadata.MetadataType.Family;

/// What `EntityDefinitions` says about an entity type.
///
/// A schema name is the logical name; nobody can give another. A name with an underscore has a
/// publisher's prefix, which is how Dataverse tells what is custom.
final class EntityMetadata {

  private static final MetadataType<EntityType> TYPE =
      MetadataType.<EntityType>named("EntityMetadata")
          .with(MetadataType.ID, type -> MetadataValue.of(id(type)))
          .with("LogicalName", type -> MetadataValue.of(type.name()))
          .with("SchemaName", type -> MetadataValue.of(type.name()))
          .with("EntitySetName", type -> MetadataValue.of(type.setName()))
          .with("LogicalCollectionName", type -> MetadataValue.of(type.setName()))
          .with("PrimaryIdAttribute", type -> MetadataValue.of(type.primaryId()))
          .with("PrimaryNameAttribute", type -> MetadataValue.of(type.primaryName()))
          .with("DisplayName", type -> Label.of(type.displayName(), type.name()))
          .with("Description", _ -> Label.NONE)
          .with(
              "IsOptimisticConcurrencyEnabled",
              type -> MetadataValue.of(type.policies().optimisticConcurrency()))
          .with("ChangeTrackingEnabled", type -> MetadataValue.of(type.policies().changeTracking()))
          .with(
              "IsAuditEnabled",
              type -> MetadataValue.wrapped(MetadataValue.of(type.policies().audit())))
          .with("IsCustomEntity", type -> MetadataValue.of(type.name().contains("_")))
          .leadingTo("Attributes", AttributeMetadata.FAMILY, true, AttributeDefinition::of)
          .leadingTo("Keys", KeyMetadata.FAMILY, true, KeyMetadata::of)
          .leadingTo(
              "ManyToOneRelationships",
              RelationshipMetadata.FAMILY,
              true,
              RelationshipMetadata::of);

  static final Family<EntityType> FAMILY = Family.of(TYPE);

  private EntityMetadata() {}

  /// The same for ever, because the logical name is.
  static String id(EntityType type) {
    return EntityType.stream(type.name()).id().toString();
  }
}
