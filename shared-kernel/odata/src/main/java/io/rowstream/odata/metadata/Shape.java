package io.rowstream.odata.metadata;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.metadata.MetadataType.Family;
import io.rowstream.odata.metadata.MetadataType.Navigation;
import io.rowstream.odata.url.Filter;
import io.rowstream.odata.url.MetadataQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// Which objects of one place are shown, and what of them.
///
/// @param select empty for all there is
record Shape<T>(
    Family<T> family, List<String> select, Predicate<T> filter, List<Expanded<T, ?>> expanded) {

  private record Expanded<T, U>(String name, Navigation<T, U> navigation, Shape<U> shape) {}

  /// @throws BadRequest if a name in the query means nothing here
  static <T> Shape<T> of(Family<T> family, MetadataQuery query) {
    var type = family.declared();
    query.select().forEach(type::property);
    var expanded = new ArrayList<Expanded<T, ?>>();
    for (var expansion : query.expand()) {
      var navigation = type.navigation(expansion.navigation());
      expanded.add(expanded(expansion.navigation(), navigation, expansion.query()));
    }
    Filter filter = query.filter();
    return new Shape<>(
        family,
        query.select(),
        filter == null ? _ -> true : MetadataFilter.of(filter, type),
        expanded);
  }

  private static <T, U> Expanded<T, U> expanded(
      String name, Navigation<T, U> navigation, MetadataQuery query) {
    if (!navigation.many()) {
      requireNoFilter(query);
    }
    return new Expanded<>(name, navigation, of(navigation.family(), query));
  }

  /// One object is there or not: there is nothing to filter.
  static void requireNoFilter(MetadataQuery query) {
    if (query.filter() != null) {
      throw BadRequest.query("$filter is for lists.");
    }
  }

  /// What was selected, as it stands in `@odata.context`.
  String names() {
    if (select.isEmpty()) {
      return "";
    }
    var names = new ArrayList<>(select);
    expanded.forEach(
        one -> names.add(one.name + (one.shape.select.isEmpty() ? "()" : one.shape.names())));
    return names.stream().collect(Collectors.joining(",", "(", ")"));
  }

  void writeAll(JsonGenerator json, Collection<T> objects) {
    json.writeStartArray();
    for (T object : objects) {
      if (filter.test(object)) {
        json.writeStartObject();
        writeMembers(json, object);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  /// The id is always there.
  void writeMembers(JsonGenerator json, T object) {
    var type = family.actual().apply(object);
    if (type.isDerived()) {
      json.writeStringProperty("@odata.type", "#" + type.qualifiedName());
    }
    for (String name : select.isEmpty() ? type.properties() : select) {
      json.writeName(name);
      type.property(name).apply(object).write(json);
    }
    if (!select.isEmpty() && !select.contains(MetadataType.ID)) {
      json.writeName(MetadataType.ID);
      type.property(MetadataType.ID).apply(object).write(json);
    }
    expanded.forEach(one -> write(json, one, object));
  }

  private <U> void write(JsonGenerator json, Expanded<T, U> one, T object) {
    List<U> related = one.navigation.related().apply(object);
    json.writeName(one.name);
    if (one.navigation.many()) {
      one.shape.writeAll(json, related);
    } else if (related.isEmpty()) {
      json.writeNull();
    } else {
      json.writeStartObject();
      one.shape.writeMembers(json, related.getFirst());
      json.writeEndObject();
    }
  }
}
