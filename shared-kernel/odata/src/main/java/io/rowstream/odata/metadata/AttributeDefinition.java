package io.rowstream.odata.metadata;

import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// An attribute as the metadata lists it: those an entity type declares, its primary id, and what
/// the service itself notes about every record.
record AttributeDefinition(EntityType owner, String name, String displayName, AttributeType type) {

  /// The primary id first, then the attributes in their order, then what the service notes.
  static List<AttributeDefinition> of(EntityType owner) {
    var all = new ArrayList<AttributeDefinition>(owner.attributes().size() + 6);
    var user = new AttributeType.Lookup(Set.of("systemuser"));
    var time = new AttributeType.DateTime();
    all.add(
        new AttributeDefinition(
            owner, owner.primaryId(), owner.displayName(), new AttributeType.Guid()));
    owner
        .attributes()
        .values()
        .forEach(attribute ->
            all.add(
                new AttributeDefinition(
                    owner, attribute.name(), attribute.displayName(), attribute.type())));
    all.add(new AttributeDefinition(owner, "createdon", "Created On", time));
    all.add(new AttributeDefinition(owner, "createdby", "Created By", user));
    all.add(new AttributeDefinition(owner, "modifiedon", "Modified On", time));
    all.add(new AttributeDefinition(owner, "modifiedby", "Modified By", user));
    all.add(
        new AttributeDefinition(
            owner, "versionnumber", "Version Number", new AttributeType.BigInteger()));
    return all;
  }

  /// The same for ever, because the names are.
  String id() {
    return MetadataIds.ofAttribute(owner.name(), name).toString();
  }

  boolean isPrimaryId() {
    return name.equals(owner.primaryId());
  }

  boolean isPrimaryName() {
    return name.equals(owner.primaryName());
  }

  /// Whether the service gives the value.
  boolean isStamp() {
    return EntityType.NAMES_TAKEN.contains(name);
  }
}
