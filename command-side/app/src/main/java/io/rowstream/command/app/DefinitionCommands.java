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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/// What writes below `EntityDefinitions` mean.
record DefinitionCommands(EntityTypeCatalog types) {
  private static final String ATTRIBUTES = "Attributes";
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");
  static final String METADATA_ID = "MetadataId";
  static final String LOGICAL_NAME = "LogicalName";

  Wanted wanted(DefinitionRequest request) {
    List<Step> steps = request.steps();
    Key key = steps.getFirst().key();
    if (key == null) {
      requireMethod(request, steps.size() == 1, HttpMethod.POST);
      EntityType type = EntityTypePayload.forCreate(request.body(), this::optionSet);
      return new Wanted(type.name(), new Revision.Create(type), place(type.name()));
    }
    if (steps.size() == 1) {
      return ofType(request, key);
    }
    EntityType type = entityType(key);
    Step second = steps.get(1);
    return switch (second.name()) {
      case ATTRIBUTES -> ofAttributes(request, type, second);
      case KeyCommands.KEYS -> KeyCommands.wanted(request, type, second.key());
      default -> throw new MethodNotAllowedException();
    };
  }

  private Wanted ofType(DefinitionRequest request, Key key) {
    if (request.method().equals(HttpMethod.DELETE)) {
      return new Wanted(everDefined(key), new Revision.Remove(), null);
    }
    EntityType type = entityType(key);
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
    if (request.method().equals(HttpMethod.DELETE) && steps == 2) {
      String name = removed(request, key, LOGICAL_NAME, () -> attribute(type, key).name());
      return new Wanted(type.name(), new Revision.RemoveAttribute(name), null);
    }
    Attribute attribute = attribute(type, key);
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
        types.all(), key, columns(EntityType::name), DefinitionCommands::noSuchEntityType);
  }

  /// Of those that have gone too: a removal that is sent again is answered as the first was.
  private String everDefined(Key key) {
    return picked(
        types.definitions().byName().keySet(),
        key,
        columns(Function.<String>identity()),
        DefinitionCommands::noSuchEntityType);
  }

  private static <T> Map<String, Function<T, Literal>> columns(Function<T, String> name) {
    return Map.of(
        METADATA_ID,
        each -> new Literal.Guid(MetadataIds.ofEntityType(name.apply(each))),
        LOGICAL_NAME,
        each -> new Literal.Text(name.apply(each)));
  }

  private static Refusal noSuchEntityType() {
    return new Refusal.EntityTypeNotFound(Definitions.ROOT);
  }

  private static Attribute attribute(EntityType type, Key key) {
    return picked(
        type.attributes().values(),
        key,
        Map.of(
            METADATA_ID,
            attribute -> new Literal.Guid(MetadataIds.ofAttribute(type.name(), attribute.name())),
            LOGICAL_NAME,
            attribute -> new Literal.Text(attribute.name())),
        () -> new Refusal.NotDefined(type.name(), text(key)));
  }

  /// The name of what is to go. What has gone is asked for once more if the request may be one that
  /// is sent again, and is answered as the first was.
  ///
  /// @param column of a key that says the name itself
  /// @param there the name of what the key picks, or a refusal
  static String removed(DefinitionRequest request, Key key, String column, Supplier<String> there) {
    try {
      return there.get();
    } catch (RefusedException gone) {
      if (request.request().idempotencyKey() != null
          && key instanceof Key.Columns(var columns)
          && columns.size() == 1
          && columns.get(column) instanceof Literal.Text(String name)
          && NAME.matcher(name).matches()) {
        return name;
      }
      throw gone;
    }
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
