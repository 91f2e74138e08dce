package io.rowstream.odata.metadata;

import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.json.WireJson;
import io.rowstream.odata.url.MetadataQuery;
import io.rowstream.odata.url.ResourcePath;
import io.rowstream.odata.url.ServiceRoot;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Entity types and what belongs to them as `EntityDefinitions` and its like show them.
public final class Definitions {

  private Definitions() {}

  /// What a path leads to, as a whole body.
  ///
  /// @param types in the order they are listed
  /// @param optionSets in the order they are listed
  /// @throws NoSuchMetadataException if it leads nowhere
  /// @throws BadRequest if the query means nothing there
  public static byte[] body(
      List<EntityType> types,
      List<OptionSet> optionSets,
      ResourcePath.Definitions path,
      MetadataQuery query,
      ServiceRoot root) {
    var steps = path.steps();
    Place place = Place.begin(types, optionSets, steps.getFirst());
    for (var step : steps.subList(1, steps.size())) {
      place = place.next(step);
    }
    var bytes = new ByteArrayOutputStream(4 * 1024);
    try (var json = WireJson.to(bytes)) {
      json.writeStartObject();
      switch (place) {
        case Place.Many<?> many -> write(json, root, many, query);
        case Place.One<?> one -> write(json, root, one, query);
        case Place.Property property -> write(json, root, property, query);
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static <T> void write(
      JsonGenerator json, ServiceRoot root, Place.Many<T> many, MetadataQuery query) {
    var shape = Shape.of(many.family(), query);
    writeContext(json, root, many.context() + shape.names());
    json.writeName("value");
    shape.writeAll(json, many.objects());
  }

  private static <T> void write(
      JsonGenerator json, ServiceRoot root, Place.One<T> one, MetadataQuery query) {
    Shape.requireNoFilter(query);
    var shape = Shape.of(one.family(), query);
    writeContext(json, root, one.context() + shape.names() + "/$entity");
    shape.writeMembers(json, one.object());
  }

  private static void write(
      JsonGenerator json, ServiceRoot root, Place.Property property, MetadataQuery query) {
    if (!query.equals(MetadataQuery.NONE)) {
      throw BadRequest.query("A property takes no query options.");
    }
    writeContext(json, root, property.context());
    json.writeName("value");
    property.value().write(json);
  }

  private static void writeContext(JsonGenerator json, ServiceRoot root, String context) {
    json.writeStringProperty("@odata.context", root.url() + "$metadata#" + context);
  }
}
