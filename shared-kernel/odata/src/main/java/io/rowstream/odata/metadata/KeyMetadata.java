package io.rowstream.odata.metadata;

import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.EntityType;
import io.rowstream.odata.metadata.MetadataType.Family;
import java.util.List;

/// What `EntityDefinitions` says about an alternate key.
record KeyMetadata(EntityType owner, AlternateKey key) {

  static final Family<KeyMetadata> FAMILY =
      Family.of(
          MetadataType.<KeyMetadata>named("EntityKeyMetadata")
              .with(MetadataType.ID, key -> MetadataValue.of(key.id()))
              .with("LogicalName", key -> MetadataValue.of(key.key().name()))
              .with("SchemaName", key -> MetadataValue.of(key.key().name()))
              .with("EntityLogicalName", key -> MetadataValue.of(key.owner().name()))
              .with("DisplayName", key -> Label.of(key.key().name()))
              .with("KeyAttributes", KeyMetadata::attributes)
              .with("EntityKeyIndexStatus", KeyMetadata::status));

  static List<KeyMetadata> of(EntityType owner) {
    return owner.keys().stream().map(key -> new KeyMetadata(owner, key)).toList();
  }

  private MetadataValue attributes() {
    return new MetadataValue.Elements(key.attributes().stream().map(MetadataValue::of).toList());
  }

  private MetadataValue status() {
    return MetadataValue.of(
        switch (key.status()) {
          case ACTIVE -> "Active";
          case PENDING -> "Pending";
          case FAILED -> "Failed";
        });
  }

  private String id() {
    return MetadataIds.ofKey(owner.name(), key.name()).toString();
  }
}
