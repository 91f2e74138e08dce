package io.rowstream.language.entity;

import io.rowstream.language.RecordRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A kind of record: `account`, `contact` …
///
/// @param name the logical name, lower case, for ever
/// @param setName the plural in URLs
/// @param primaryName the attribute people know a record by
/// @param attributes by logical name, in the order they were declared; at most [#ATTRIBUTES_MAX]
/// @param relationships one for each target of each lookup; those that are not given get the name
///   `<target>_<this type>_<lookup>`
/// @param keys alternate keys, at most [AlternateKey#KEYS_MAX]
public record EntityType(
    String name,
    String setName,
    String displayName,
    String primaryName,
    SequencedMap<String, Attribute> attributes,
    List<Relationship> relationships,
    List<AlternateKey> keys,
    Policies policies) {

  /// The most attributes one entity type has.
  public static final int ATTRIBUTES_MAX = 1_000;

  /// The entity type under whose name the log keeps entity types themselves.
  public static final String STREAM = "entitytype";

  /// Names of what the service itself notes about every record; no attribute has one of them, nor
  /// the name of the primary id.
  public static final Set<String> NAMES_TAKEN =
      Set.of("createdon", "createdby", "modifiedon", "modifiedby", "versionnumber");

  private static final Pattern LOGICAL_NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");

  public EntityType {
    requireLogicalName(name);
    requireLogicalName(setName);
    if (name.equals(STREAM)) {
      throw new IllegalArgumentException("the name " + STREAM + " is taken");
    }
    if (attributes.size() > ATTRIBUTES_MAX) {
      throw new IllegalArgumentException("more than " + ATTRIBUTES_MAX + " attributes: " + name);
    }
    attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
    if (!attributes.containsKey(primaryName)) {
      throw new IllegalArgumentException(name + " has no attribute " + primaryName);
    }
    for (String attribute : attributes.keySet()) {
      if (NAMES_TAKEN.contains(attribute) || attribute.equals(name + "id")) {
        throw new IllegalArgumentException("the name " + attribute + " is taken: " + name);
      }
    }
    relationships = complete(name, attributes, relationships);
    keys = List.copyOf(keys);
    requireKeys(name, attributes, keys);
    for (var group : policies.mergeRules()) {
      for (String member : group) {
        if (!attributes.containsKey(member)) {
          throw new IllegalArgumentException(name + " has no attribute " + member + " to merge");
        }
      }
    }
  }

  public static EntityType of(
      String name,
      String setName,
      String displayName,
      String primaryName,
      Attribute... attributes) {
    return new EntityType(
        name,
        setName,
        displayName,
        primaryName,
        List.of(attributes).stream()
            .collect(
                Collectors.toMap(
                    Attribute::name,
                    Function.identity(),
                    (_, twice) -> {
                      throw new IllegalArgumentException("declared twice: " + twice.name());
                    },
                    LinkedHashMap::new)),
        List.of(),
        List.of(),
        Policies.DEFAULT);
  }

  public EntityType with(Policies other) {
    return new EntityType(
        name, setName, displayName, primaryName, attributes, relationships, keys, other);
  }

  /// The same entity type with these relationships in place of those of the same lookup and target.
  public EntityType with(Relationship... others) {
    return new EntityType(
        name, setName, displayName, primaryName, attributes, List.of(others), keys, policies);
  }

  /// The same entity type with these alternate keys instead.
  public EntityType with(AlternateKey... others) {
    return new EntityType(
        name,
        setName,
        displayName,
        primaryName,
        attributes,
        relationships,
        List.of(others),
        policies);
  }

  /// The same entity type with what `change` makes of the type of each attribute.
  public EntityType withTypes(UnaryOperator<AttributeType> change) {
    var changed = new LinkedHashMap<>(attributes);
    changed.replaceAll((_, attribute) ->
        new Attribute(attribute.name(), attribute.displayName(), change.apply(attribute.type())));
    return new EntityType(
        name, setName, displayName, primaryName, changed, relationships, keys, policies);
  }

  private static void requireKeys(
      String name, Map<String, Attribute> attributes, List<AlternateKey> keys) {
    if (keys.size() > AlternateKey.KEYS_MAX
        || keys.stream().map(AlternateKey::name).distinct().count() < keys.size()) {
      throw new IllegalArgumentException(
          name + " has more than " + AlternateKey.KEYS_MAX + " keys, or two of one name");
    }
    for (AlternateKey key : keys) {
      for (String member : key.attributes()) {
        Attribute attribute = attributes.get(member);
        if (attribute == null || !mayBePartOfAKey(attribute.type())) {
          throw new IllegalArgumentException(
              name + " has no attribute " + member + " that can be part of a key");
        }
      }
    }
  }

  private static boolean mayBePartOfAKey(AttributeType type) {
    return switch (type) {
      case AttributeType.Memo _ -> false;
      case AttributeType.Lookup(var targets) -> targets.size() == 1;
      default -> true;
    };
  }

  /// The alternate key in force that has exactly these attributes, in any order.
  public @Nullable AlternateKey keyOf(Set<String> names) {
    for (AlternateKey key : keys) {
      if (key.isActive()
          && key.attributes().size() == names.size()
          && names.containsAll(key.attributes())) {
        return key;
      }
    }
    return null;
  }

  private static List<Relationship> complete(
      String name, Map<String, Attribute> attributes, List<Relationship> given) {
    var complete = new ArrayList<Relationship>();
    var unused = new ArrayList<>(given);
    for (Attribute attribute : attributes.values()) {
      if (attribute.type() instanceof AttributeType.Lookup(var targets)) {
        for (String target : new TreeSet<>(targets)) {
          var relationship = relationship(given, attribute.name(), target);
          unused.remove(relationship);
          complete.add(
              relationship == null
                  ? Relationship.unnamed(name, attribute.name(), target)
                  : relationship);
        }
      }
    }
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          name + " has no lookup for a relationship, or two: " + unused.getFirst().name());
    }
    return List.copyOf(complete);
  }

  /// The relationship of one lookup and one of its targets; null if there is none.
  public @Nullable Relationship relationship(String lookup, String target) {
    return relationship(relationships, lookup, target);
  }

  private static @Nullable Relationship relationship(
      List<Relationship> given, String lookup, String target) {
    for (Relationship each : given) {
      if (each.lookup().equals(lookup) && each.target().equals(target)) {
        return each;
      }
    }
    return null;
  }

  /// The stream that holds the definition of the entity type named `name`.
  public static RecordRef stream(String name) {
    return new RecordRef(
        STREAM, UUID.nameUUIDFromBytes((STREAM + "/" + name).getBytes(StandardCharsets.UTF_8)));
  }

  /// The name of the attribute that holds a record's id, such as `accountid`.
  public String primaryId() {
    return name + "id";
  }

  public @Nullable Attribute attribute(String attributeName) {
    return attributes.get(attributeName);
  }

  static void requireLogicalName(String name) {
    if (!LOGICAL_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a logical name is at most 100 of a-z, 0-9 and _, and starts with a letter: " + name);
    }
  }
}
