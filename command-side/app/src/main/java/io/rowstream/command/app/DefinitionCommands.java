package io.rowstream.command.app;

import io.rowstream.command.app.DefinitionWrites.DefinitionRequest;
import io.rowstream.command.app.DefinitionWrites.Wanted;
import io.rowstream.command.eventstore.EntityTypeCatalog;
import io.rowstream.language.command.Revision;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.definition.AttributePayload;
import io.rowstream.odata.definition.EntityTypePayload;
import io.rowstream.odata.metadata.MetadataIds;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.Literal;
import io.rowstream.odata.url.ResourcePath.Definitions;
import io.rowstream.odata.url.ResourcePath.Definitions.Step;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/// What writes below `EntityDefinitions` mean.
record DefinitionCommands(EntityTypeCatalog types) {
  private static final String ATTRIBUTES = "Attributes";
  static final String METADATA_ID = "MetadataId";

  Wanted wanted(DefinitionRequest request) {
    List<Step> steps = request.steps();
    Key key = steps.getFirst().key();
    if (key == null) {
      requireMethod(request, steps.size() == 1, HttpMethod.POST);
      EntityType type = EntityTypePayload.forCreate(request.body(), this::optionSet);
      return new Wanted(type.name(), new Revision.Create(type), place(type.name()));
    }
    EntityType type = entityType(key);
    if (steps.size() == 1) {
      return ofType(request, type);
    }
    Step second = steps.get(1);
    return switch (second.name()) {
      case ATTRIBUTES -> ofAttributes(request, type, second);
      case KeyCommands.KEYS -> KeyCommands.wanted(request, type, second.key());
      default -> throw new MethodNotAllowedException();
    };
  }

  private static Wanted ofType(DefinitionRequest request, EntityType type) {
    if (request.method().equals(HttpMethod.DELETE)) {
      return new Wanted(type.name(), new Revision.Remove(), null);
    }
    requireMethod(request, true, HttpMethod.PUT);
    return new Wanted(
        type.name(), EntityTypePayload.forUpdate(type, request.body()), place(type.name()));
  }

  private Wanted ofAttributes(DefinitionRequest request, EntityType type, Step step) {
    Key key = step.key();
    int steps = request.steps().size();
    if (key == null) {
      requireMethod(request, steps == 2, HttpMethod.POST);
      Attribute attribute =
          AttributePayload.forCreate(type.name(), request.body(), this::optionSet);
      return new Wanted(
          type.name(), new Revision.AddAttribute(attribute), place(type.name(), attribute.name()));
    }
    Attribute attribute = attribute(type, key);
    if (request.method().equals(HttpMethod.DELETE) && steps == 2) {
      return new Wanted(type.name(), new Revision.RemoveAttribute(attribute.name()), null);
    }
    // Behind the key there may be the type it is cast to; the body says it again.
    requireMethod(request, steps <= 3, HttpMethod.PUT);
    Attribute after =
        AttributePayload.forUpdate(
            type.name(),
            attribute,
            request.body(),
            type.primaryName().equals(attribute.name()),
            this::optionSet);
    return new Wanted(
        type.name(),
        new Revision.ChangeAttribute(attribute, after),
        place(type.name(), attribute.name()));
  }

  private @Nullable String optionSet(UUID id) {
    return types.optionSets().stream()
        .map(OptionSet::name)
        .filter(name -> MetadataIds.ofOptionSet(name).equals(id))
        .findFirst()
        .orElse(null);
  }

  static void requireMethod(DefinitionRequest request, boolean there, HttpMethod method) {
    if (!there || !request.method().equals(method)) {
      throw new MethodNotAllowedException();
    }
  }

  private EntityType entityType(Key key) {
    return picked(
        types.all(),
        key,
        Map.of(
            METADATA_ID,
            type -> new Literal.Guid(MetadataIds.ofEntityType(type.name())),
            "LogicalName",
            type -> new Literal.Text(type.name())),
        () -> new Refusal.EntityTypeNotFound(Definitions.ROOT));
  }

  private static Attribute attribute(EntityType type, Key key) {
    return picked(
        type.attributes().values(),
        key,
        Map.of(
            METADATA_ID,
            attribute -> new Literal.Guid(MetadataIds.ofAttribute(type.name(), attribute.name())),
            "LogicalName",
            attribute -> new Literal.Text(attribute.name())),
        () -> new Refusal.NotDefined(type.name(), text(key)));
  }

  /// The one of `all` that a key picks.
  ///
  /// @param columns what may be part of the key
  static <T> T picked(
      Collection<T> all,
      Key key,
      Map<String, Function<T, Literal>> columns,
      Supplier<Refusal> otherwise) {
    Map<String, Literal> wanted =
        switch (key) {
          case Key.Id(UUID id) -> Map.of(METADATA_ID, new Literal.Guid(id));
          case Key.Columns(var given) -> given;
        };
    if (!columns.keySet().containsAll(wanted.keySet())) {
      throw BadRequest.query("The key in the request URI is not valid for definitions.");
    }
    return all.stream()
        .filter(each -> isPicked(each, wanted, columns))
        .findFirst()
        .orElseThrow(() -> new RefusedException(otherwise.get()));
  }

  private static <T> boolean isPicked(
      T each, Map<String, Literal> wanted, Map<String, Function<T, Literal>> columns) {
    for (var column : wanted.entrySet()) {
      var value = columns.get(column.getKey());
      if (value == null || !value.apply(each).equals(column.getValue())) {
        return false;
      }
    }
    return true;
  }

  static String text(Key key) {
    return switch (key) {
      case Key.Id(UUID id) -> id.toString();
      case Key.Columns(var columns) ->
          columns.values().stream().map(Literal::text).collect(Collectors.joining(","));
    };
  }

  static String place(String entityType) {
    return Definitions.ROOT + "(" + MetadataIds.ofEntityType(entityType) + ")";
  }

  private static String place(String entityType, String attribute) {
    return place(entityType)
        + "/"
        + ATTRIBUTES
        + "("
        + MetadataIds.ofAttribute(entityType, attribute)
        + ")";
  }
}
