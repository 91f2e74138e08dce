package io.rowstream.odata.metadata;

import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// What definitions go by beside their names: the same for ever, because the names are.
public final class MetadataIds {

  private MetadataIds() {}

  public static UUID ofEntityType(String name) {
    return EntityType.stream(name).id();
  }

  public static UUID ofAttribute(String entityType, String name) {
    return of("attribute/" + entityType + "/" + name);
  }

  public static UUID ofKey(String entityType, String name) {
    return of("key/" + entityType + "/" + name);
  }

  /// @param name which no other relationship has
  public static UUID ofRelationship(String name) {
    return of("relationship/" + name);
  }

  /// @param name which no other global option set has in whatever case
  public static UUID ofOptionSet(String name) {
    return OptionSet.stream(name).id();
  }

  private static UUID of(String path) {
    return UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8));
  }
}
