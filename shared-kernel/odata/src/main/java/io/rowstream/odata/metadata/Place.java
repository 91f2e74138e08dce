package io.rowstream.odata.metadata;

import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.metadata.MetadataType.Family;
import io.rowstream.odata.metadata.MetadataType.Navigation;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.Literal;
import io.rowstream.odata.url.ResourcePath;
import io.rowstream.odata.url.ResourcePath.Definitions.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where in the metadata a path has come to.
sealed interface Place {
  /// What `@odata.context` says about it.
  String context();

  /// Where the first segment of a path leads.
  static Place begin(List<EntityType> types, List<OptionSet> optionSets, Step step) {
    Place root =
        switch (step.name()) {
          case ResourcePath.Definitions.ROOT ->
              new Many<>(ResourcePath.Definitions.ROOT, EntityMetadata.FAMILY, types);
          case ResourcePath.Definitions.RELATIONSHIPS ->
              new Many<>(
                  ResourcePath.Definitions.RELATIONSHIPS,
                  RelationshipMetadata.FAMILY,
                  types.stream().flatMap(type -> RelationshipMetadata.of(type).stream()).toList());
          case ResourcePath.Definitions.OPTION_SETS ->
              new Many<>(
                  ResourcePath.Definitions.OPTION_SETS,
                  OptionSetMetadata.FAMILY,
                  optionSets.stream().map(OptionSetMetadata::of).toList());
          default -> throw new NoSuchMetadataException(step.name());
        };
    return picked(root, step);
  }

  /// Where one more segment leads.
  ///
  /// @throws NoSuchMetadataException if it leads nowhere
  /// @throws BadRequest if the key cannot be one
  default Place next(Step step) {
    return picked(named(step.name()), step);
  }

  private static Place picked(Place there, Step step) {
    Key key = step.key();
    if (key == null) {
      return there;
    }
    if (there instanceof Many<?> many) {
      return many.pick(key, step.name());
    }
    throw new NoSuchMetadataException(step.name());
  }

  /// Where a property or a cast leads.
  Place named(String name);

  record Many<T>(String context, Family<T> family, List<T> objects) implements Place {
    private static final Set<String> KEY_COLUMNS =
        Set.of(MetadataType.ID, "LogicalName", "SchemaName", "Name");

    @Override
    public Place named(String name) {
      Family<T> cast = family.cast(name);
      if (cast == null) {
        throw new NoSuchMetadataException(name);
      }
      return new Many<>(context + "/" + name, cast, objects.stream().filter(cast::holds).toList());
    }

    One<T> pick(Key key, String name) {
      Map<String, Literal> wanted =
          switch (key) {
            case Key.Id(var id) -> Map.of(MetadataType.ID, new Literal.Guid(id));
            case Key.Columns(var columns) -> columns;
          };
      if (!KEY_COLUMNS.containsAll(wanted.keySet())) {
        throw BadRequest.query(
            "The key in the request URI is not valid for resource '"
                + family.declared().qualifiedName()
                + "'.");
      }
      for (T object : objects) {
        if (matches(object, wanted)) {
          return new One<>(context, family, object);
        }
      }
      throw new NoSuchMetadataException(name);
    }

    private boolean matches(T object, Map<String, Literal> wanted) {
      for (var column : wanted.entrySet()) {
        MetadataValue value = family.declared().property(column.getKey()).apply(object);
        if (!Boolean.TRUE.equals(value.is(column.getValue()))) {
          return false;
        }
      }
      return true;
    }
  }

  record One<T>(String context, Family<T> family, T object) implements Place {
    @Override
    public Place named(String name) {
      Family<T> cast = family.cast(name);
      if (cast != null && cast.holds(object)) {
        return new One<>(context + "/" + name, cast, object);
      }
      var type = family.declared();
      String own = context + "(" + type.id(object) + ")/" + name;
      if (type.properties().contains(name)) {
        return new Property(own, type.property(name).apply(object));
      }
      Navigation<T, ?> navigation = type.findNavigation(name);
      if (navigation == null) {
        throw new NoSuchMetadataException(name);
      }
      return follow(navigation, own, name);
    }

    private <U> Place follow(Navigation<T, U> navigation, String own, String name) {
      List<U> related = navigation.related().apply(object);
      if (navigation.many()) {
        return new Many<>(own, navigation.family(), related);
      }
      if (related.isEmpty()) {
        throw new NoSuchMetadataException(name);
      }
      return new One<>(own, navigation.family(), related.getFirst());
    }
  }

  record Property(String context, MetadataValue value) implements Place {
    @Override
    public Place named(String name) {
      throw new NoSuchMetadataException(name);
    }
  }
}
