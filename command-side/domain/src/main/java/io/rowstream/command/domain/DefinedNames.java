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
import io.rowstream.language.entity.Definition;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.KnownDefinitions;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.event.ClaimEvent.Claimed;
import io.rowstream.language.event.ClaimEvent.Released;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Names that are only once among all entity types: those of sets and of relationships.
///
/// Those that are known to be taken are refused. Of two that take the same name at once, one finds
/// the claim on it taken; a name stays with the entity type that claimed it.
final class DefinedNames {
  private final Claims claims;

  DefinedNames(Claims claims) {
    this.claims = claims;
  }

  /// The claims on the names of an entity type.
  static Set<RecordRef> claims(EntityType type) {
    var names = new HashSet<RecordRef>();
    names.add(onSet(type.setName()));
    type.relationships().forEach(each -> names.add(onRelationship(each.name())));
    return names;
  }

  private static RecordRef onSet(String name) {
    return Claim.onName("set", name);
  }

  private static RecordRef onRelationship(String name) {
    return Claim.onName("relationship", name);
  }

  /// @param now the entity types there are
  /// @return the versions of definitions this rests on
  /// @throws RefusedException if a name is not free, or what a lookup would refer to is not there
  Map<RecordRef, Long> take(ReviseEntityType command, KnownDefinitions now) {
    String name = command.entityType();
    return switch (command.revision()) {
      case Create(EntityType type) -> {
        takeSet(type, now);
        yield targets(type, now);
      }
      case AddAttribute(var attribute) -> {
        requireNoCollection(name, attribute.name(), now);
        yield Map.of();
      }
      case AddLookup(_, Relationship relationship) -> {
        requireNoCollection(name, relationship.lookup(), now);
        yield takeRelationship(name, relationship, now);
      }
      default -> Map.of();
    };
  }

  /// Gives names back to everybody.
  ///
  /// @param names claims, those of `by` among them
  void release(String by, Set<RecordRef> names) {
    RecordRef stream = EntityType.stream(by);
    claims
        .standing(names)
        .forEach((claim, standing) -> {
          if (stream.equals(standing.holder())) {
            claims.record(claim, standing.version() + 1, new Released());
          }
        });
  }

  private void takeSet(EntityType type, KnownDefinitions now) {
    List<EntityType> others = now.types().toList();
    if (others.size() >= DefinitionBounds.ENTITY_TYPES_MAX) {
      throw invalid(
          type.name(), "there are " + DefinitionBounds.ENTITY_TYPES_MAX + " entity types already");
    }
    if (others.stream().anyMatch(other -> other.setName().equals(type.setName()))) {
      throw taken(type.name(), type.setName());
    }
    claim(type.name(), onSet(type.setName()), type.setName());
  }

  private static Map<RecordRef, Long> targets(EntityType type, KnownDefinitions now) {
    var targets = new HashMap<RecordRef, Long>();
    for (Relationship each : type.relationships()) {
      if (!each.target().equals(type.name())) {
        Definition target = target(type.name(), each, now);
        targets.put(target.stream(), target.version());
      }
    }
    return targets;
  }

  private static Definition target(String name, Relationship relationship, KnownDefinitions now) {
    Definition target = now.of(relationship.target());
    if (target.type() == null) {
      throw new RefusedException(
          new Refusal.InvalidDefinition(name, "there is no entity type " + relationship.target()),
          Map.of(target.stream(), target.version()));
    }
    return target;
  }

  private Map<RecordRef, Long> takeRelationship(
      String name, Relationship relationship, KnownDefinitions now) {
    if (now.types()
        .flatMap(other -> other.relationships().stream())
        .anyMatch(other -> other.name().equals(relationship.name()))) {
      throw taken(name, relationship.name());
    }
    Definition target = target(name, relationship, now);
    if (isColumn(Objects.requireNonNull(target.type()), relationship.name())) {
      throw taken(name, relationship.name());
    }
    claim(name, onRelationship(relationship.name()), relationship.name());
    return relationship.target().equals(name)
        ? Map.of()
        : Map.of(target.stream(), target.version());
  }

  /// An attribute would hide the records that refer to one under its name.
  private static void requireNoCollection(String name, String attribute, KnownDefinitions now) {
    now.types()
        .forEach(other -> {
          boolean leadsHere =
              other.relationships().stream()
                  .anyMatch(each -> each.target().equals(name) && each.name().equals(attribute));
          boolean ownReference = other.name().equals(name) && isReference(other, attribute);
          if (leadsHere || ownReference) {
            throw taken(name, attribute);
          }
        });
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
