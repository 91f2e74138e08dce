package io.rowstream.odata.metadata;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A type of the metadata: which properties its objects have and where they lead. Immutable.
///
/// @param <T> what its objects are made from
final class MetadataType<T> {
  static final String ID = "MetadataId";

  private final String name;
  private final Map<String, Function<T, MetadataValue>> properties;
  private final Map<String, Navigation<T, ?>> navigations;
  private final boolean derived;

  /// Where a property leads to objects of their own.
  ///
  /// @param related one or none unless `many`
  record Navigation<T, U>(Family<U> family, boolean many, Function<T, List<U>> related) {}

  /// The types of what is found in one place.
  ///
  /// @param declared what they have in common
  /// @param derived the types there are besides; empty when all are of the declared one
  /// @param actual the one an object is of
  record Family<T>(
      MetadataType<T> declared,
      List<MetadataType<T>> derived,
      Function<T, MetadataType<T>> actual) {

    static <T> Family<T> of(MetadataType<T> only) {
      return new Family<>(only, List.of(), _ -> only);
    }

    /// What is left when only one type is asked for; null if there is no type of that name.
    @Nullable Family<T> cast(String qualifiedName) {
      for (MetadataType<T> type : derived) {
        if (qualifiedName.equals(type.qualifiedName())) {
          return new Family<>(type, List.of(), actual);
        }
      }
      return null;
    }

    boolean holds(T object) {
      return !derived.isEmpty() || actual.apply(object) == declared;
    }
  }

  private MetadataType(
      String name,
      Map<String, Function<T, MetadataValue>> properties,
      Map<String, Navigation<T, ?>> navigations,
      boolean derived) {
    this.derived = derived;
    this.name = name;
    this.properties = properties;
    this.navigations = navigations;
  }

  /// @param name without the namespace
  static <T> MetadataType<T> named(String name) {
    return new MetadataType<>(name, Map.of(), Map.of(), false);
  }

  /// The same type with one more property; they are written in the order they were added.
  MetadataType<T> with(String property, Function<T, MetadataValue> value) {
    var more = new LinkedHashMap<>(properties);
    more.put(property, value);
    return new MetadataType<>(name, more, navigations, derived);
  }

  <U> MetadataType<T> leadingTo(
      String property, Family<U> family, boolean many, Function<T, List<U>> related) {
    var more = new LinkedHashMap<>(navigations);
    more.put(property, new Navigation<>(family, many, related));
    return new MetadataType<>(name, properties, more, derived);
  }

  /// A type with all this one has, under another name.
  MetadataType<T> derive(String other) {
    return new MetadataType<>(other, properties, navigations, true);
  }

  String name() {
    return name;
  }

  String qualifiedName() {
    return CsdlDocument.NAMESPACE + "." + name;
  }

  /// Whether objects say of which type they are: where they are found there are others.
  boolean isDerived() {
    return derived;
  }

  Set<String> properties() {
    return properties.keySet();
  }

  @Nullable Navigation<T, ?> findNavigation(String property) {
    return navigations.get(property);
  }

  String id(T object) {
    return property(ID).apply(object) instanceof MetadataValue.Text(String id) ? id : "";
  }

  /// @throws BadRequest if there is no such property
  Function<T, MetadataValue> property(String property) {
    Function<T, MetadataValue> found = properties.get(property);
    if (found == null) {
      throw unknown(property);
    }
    return found;
  }

  /// @throws BadRequest if there is no such navigation property
  Navigation<T, ?> navigation(String property) {
    Navigation<T, ?> found = navigations.get(property);
    if (found == null) {
      throw unknown(property);
    }
    return found;
  }

  private BadRequest unknown(String property) {
    return BadRequest.query(
        "Could not find a property named "
            + Quoted.of(property)
            + " on type '"
            + qualifiedName()
            + "'.");
  }
}
