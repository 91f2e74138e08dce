package io.rowstream.odata.metadata;

import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.EntityType;
import io.rowstream.odata.metadata.MetadataType.Family;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/// What `EntityDefinitions` says about an alternate key. A key is in force from the moment its
/// entity type is defined.
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
              .with("EntityKeyIndexStatus", _ -> MetadataValue.of("Active")));

  static List<KeyMetadata> of(EntityType owner) {
    return owner.keys().stream().map(key -> new KeyMetadata(owner, key)).toList();
  }

  private MetadataValue attributes() {
    return new MetadataValue.Elements(key.attributes().stream().map(MetadataValue::of).toList());
  }

  /// The same for ever, because the names are.
  private String id() {
    String path = "key/" + owner.name() + "/" + key.name();
    return UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
