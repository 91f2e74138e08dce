package io.rowstream.command.domain;

import io.rowstream.command.domain.Claims.Standing;
import io.rowstream.language.Claim;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.Revision.AddAttribute;
import io.rowstream.language.command.Revision.AddLookup;
import io.rowstream.language.command.Revision.Create;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.event.ClaimEvent.Claimed;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/// Names that are only once among all entity types: those of sets and of relationships.
///
/// Those that are known to be taken are refused. Of two that take the same name at once, one finds
/// the claim on it taken; a name stays with the entity type that claimed it.
final class DefinedNames {
  private final Claims claims;
  private final Supplier<Collection<EntityType>> known;

  DefinedNames(Claims claims, Supplier<Collection<EntityType>> known) {
    this.claims = claims;
    this.known = known;
  }

  /// @throws RefusedException if a name is not free
  void take(ReviseEntityType command) {
    String name = command.entityType();
    switch (command.revision()) {
      case Create(EntityType type) -> takeSet(type);
      case AddAttribute(var attribute) -> requireNoCollection(name, attribute.name());
      case AddLookup(_, Relationship relationship) -> {
        requireNoCollection(name, relationship.lookup());
        takeRelationship(name, relationship);
      }
      default -> {
        // Names nothing.
      }
    }
  }

  private void takeSet(EntityType type) {
    var others = known.get();
    if (others.size() >= DefinitionBounds.ENTITY_TYPES_MAX) {
      throw invalid(
          type.name(), "there are " + DefinitionBounds.ENTITY_TYPES_MAX + " entity types already");
    }
    if (others.stream().anyMatch(other -> other.setName().equals(type.setName()))) {
      throw taken(type.name(), type.setName());
    }
    claim(type.name(), Claim.onName("set", type.setName()), type.setName());
  }

  private void takeRelationship(String name, Relationship relationship) {
    EntityType target = null;
    for (EntityType other : known.get()) {
      if (other.relationships().stream().anyMatch(r -> r.name().equals(relationship.name()))) {
        throw taken(name, relationship.name());
      }
      if (other.name().equals(relationship.target())) {
        target = other;
      }
    }
    if (target == null) {
      throw invalid(name, "there is no entity type " + relationship.target());
    }
    if (isColumn(target, relationship.name())) {
      throw taken(name, relationship.name());
    }
    claim(name, Claim.onName("relationship", relationship.name()), relationship.name());
  }

  /// An attribute would hide the records that refer to one under its name.
  private void requireNoCollection(String name, String attribute) {
    for (EntityType other : known.get()) {
      boolean leadsHere =
          other.relationships().stream()
              .anyMatch(each -> each.target().equals(name) && each.name().equals(attribute));
      boolean ownReference = other.name().equals(name) && isReference(other, attribute);
      if (leadsHere || ownReference) {
        throw taken(name, attribute);
      }
    }
  }

  private static boolean isColumn(EntityType type, String name) {
    return type.attribute(name) != null
        || type.primaryId().equals(name)
        || EntityType.NAMES_TAKEN.contains(name)
        || isReference(type, name);
  }

  /// Whether this is what one of several targets of a lookup is bound by.
  private static boolean isReference(EntityType type, String name) {
    return type.attributes().values().stream()
        .anyMatch(attribute ->
            attribute.type() instanceof AttributeType.Lookup(var targets)
                && targets.size() > 1
                && targets.stream().anyMatch(t -> name.equals(attribute.name() + "_" + t)));
  }

  private void claim(String by, RecordRef claim, String name) {
    RecordRef stream = EntityType.stream(by);
    Standing standing = claims.standing(List.of(claim)).get(claim);
    RecordRef holder = standing == null ? null : standing.holder();
    if (holder == null) {
      long version = standing == null ? RowVersion.NONE : standing.version();
      claims.record(claim, version + 1, new Claimed(stream));
    } else if (!holder.equals(stream)) {
      throw taken(by, name);
    }
  }

  private static RefusedException taken(String entityType, String name) {
    return new RefusedException(new Refusal.AlreadyDefined(entityType, name));
  }

  private static RefusedException invalid(String entityType, String reason) {
    return new RefusedException(new Refusal.InvalidDefinition(entityType, reason));
  }
}
