package io.rowstream.command.domain;

import io.rowstream.language.command.Revision;
import io.rowstream.language.command.Revision.AddAttribute;
import io.rowstream.language.command.Revision.AddKey;
import io.rowstream.language.command.Revision.AddLookup;
import io.rowstream.language.command.Revision.ChangeAttribute;
import io.rowstream.language.command.Revision.ChangeOptions;
import io.rowstream.language.command.Revision.ChangeRelationship;
import io.rowstream.language.command.Revision.Create;
import io.rowstream.language.command.Revision.Describe;
import io.rowstream.language.command.Revision.Remove;
import io.rowstream.language.command.Revision.RemoveAttribute;
import io.rowstream.language.command.Revision.RemoveKey;
import io.rowstream.language.command.Revision.SettleKey;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.AlternateKey.Status;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionChange;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An entity type on its way to what a revision makes of it.
final class Revised {
  private final EntityType type;

  private Revised(EntityType type) {
    this.type = type;
  }

  /// @param type null if there is none yet
  /// @param version it will have
  /// @return null if it is to go
  /// @throws RefusedException if it cannot become so
  /// @throws IllegalArgumentException if that would be none
  static @Nullable EntityType of(
      String name, @Nullable EntityType type, long version, Revision revision) {
    if (revision instanceof Create(EntityType created)) {
      if (type != null) {
        throw new RefusedException(new Refusal.AlreadyDefined(name, name));
      }
      return created;
    }
    if (type == null) {
      throw new RefusedException(new Refusal.EntityTypeNotFound(name));
    }
    var before = new Revised(type);
    return switch (revision) {
      case Create(EntityType created) -> created;
      case Describe describe -> before.described(describe);
      case AddAttribute(Attribute attribute) -> before.withMore(attribute, type.relationships());
      case AddLookup(String displayName, Relationship relationship) ->
          before.referring(displayName, relationship);
      case ChangeAttribute(Attribute then, Attribute wanted) -> before.changed(then, wanted);
      case AddKey(AlternateKey key) -> RevisedKeys.with(type, key.since(version, Status.PENDING));
      case SettleKey settled -> RevisedKeys.settled(type, settled);
      case RemoveKey(String key) -> RevisedKeys.without(type, key);
      case Remove _ -> null;
      case ChangeOptions(String attribute, OptionChange change) ->
          before.choosing(attribute, change);
      case RemoveAttribute(String attribute) -> before.without(attribute);
      case ChangeRelationship change -> before.related(change);
    };
  }

  private EntityType described(Describe describe) {
    var now = type.policies();
    return new EntityType(
        type.name(),
        type.setName(),
        Objects.requireNonNullElse(describe.displayName(), type.displayName()),
        type.primaryName(),
        type.attributes(),
        type.relationships(),
        type.keys(),
        new Policies(
            Objects.requireNonNullElse(
                describe.optimisticConcurrency(), now.optimisticConcurrency()),
            now.versionRequired(),
            now.mergeRules(),
            Objects.requireNonNullElse(describe.audit(), now.audit()),
            Objects.requireNonNullElse(describe.changeTracking(), now.changeTracking())));
  }

  private EntityType referring(String displayName, Relationship relationship) {
    var relationships = new ArrayList<>(type.relationships());
    relationships.add(relationship);
    var lookup = new AttributeType.Lookup(Set.of(relationship.target()));
    return withMore(new Attribute(relationship.lookup(), displayName, lookup), relationships);
  }

  private EntityType withMore(Attribute attribute, List<Relationship> relationships) {
    if (type.attribute(attribute.name()) != null) {
      throw new RefusedException(new Refusal.AlreadyDefined(type.name(), attribute.name()));
    }
    var attributes = new LinkedHashMap<>(type.attributes());
    attributes.put(attribute.name(), attribute);
    return with(attributes, relationships);
  }

  private EntityType changed(Attribute then, Attribute wanted) {
    Attribute now = require(wanted.name());
    if (!now.equals(then) && !now.equals(wanted)) {
      throw new RefusedException(
          new Refusal.TooBusy("the attribute " + wanted.name() + " is just being changed"));
    }
    var attributes = new LinkedHashMap<>(type.attributes());
    attributes.put(wanted.name(), wanted);
    return with(attributes, type.relationships());
  }

  private EntityType choosing(String name, OptionChange change) {
    Attribute now = require(name);
    if (!(now.type() instanceof AttributeType.Choice(var options, var global))) {
      throw invalid("the attribute " + name + " is no choice");
    }
    if (global != null) {
      throw invalid(
          "the options of the attribute " + name + " are those of the option set " + global.name());
    }
    var chosen = new AttributeType.Choice(change.of(options));
    var attributes = new LinkedHashMap<>(type.attributes());
    attributes.put(name, new Attribute(name, now.displayName(), chosen));
    return with(attributes, type.relationships());
  }

  private EntityType without(String name) {
    require(name);
    if (type.primaryName().equals(name)) {
      throw invalid("its records are known by the attribute " + name);
    }
    for (AlternateKey key : type.keys()) {
      if (key.attributes().contains(name)) {
        throw invalid("the attribute " + name + " is part of the key " + key.name());
      }
    }
    if (type.policies().mergeRules().stream().anyMatch(group -> group.contains(name))) {
      throw invalid("the attribute " + name + " is merged together with others");
    }
    var attributes = new LinkedHashMap<>(type.attributes());
    attributes.remove(name);
    return with(
        attributes,
        type.relationships().stream().filter(each -> !each.lookup().equals(name)).toList());
  }

  private EntityType related(ChangeRelationship change) {
    var relationships = new ArrayList<>(type.relationships());
    if (relationships.stream().noneMatch(each -> each.name().equals(change.name()))) {
      throw new RefusedException(new Refusal.NotDefined(type.name(), change.name()));
    }
    relationships.replaceAll(
        each -> each.name().equals(change.name()) ? each.on(change.onDelete()) : each);
    return with(type.attributes(), relationships);
  }

  private Attribute require(String name) {
    Attribute found = type.attribute(name);
    if (found == null) {
      throw new RefusedException(new Refusal.NotDefined(type.name(), name));
    }
    return found;
  }

  private EntityType with(
      SequencedMap<String, Attribute> attributes, List<Relationship> relationships) {
    return new EntityType(
        type.name(),
        type.setName(),
        type.displayName(),
        type.primaryName(),
        attributes,
        relationships,
        type.keys(),
        type.policies());
  }

  private RefusedException invalid(String reason) {
    return new RefusedException(new Refusal.InvalidDefinition(type.name(), reason));
  }
}
