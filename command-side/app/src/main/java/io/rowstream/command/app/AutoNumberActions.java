package io.rowstream.command.app;

import io.rowstream.command.eventstore.EntityTypeCatalog;
import io.rowstream.command.eventstore.NumberSeeds;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.header.Condition;
import io.rowstream.odata.json.AutoNumberParameters;
import io.rowstream.odata.json.WireJson;
import io.rowstream.odata.url.QueryOptions;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Carries out the actions on auto-number attributes. Blocks; meant for virtual threads.
/// Thread-safe.
record AutoNumberActions(EntityTypeCatalog types, NumberSeeds seeds, SystemUsers users) {
  private static final String SET_SEED = "SetAutoNumberSeed";
  private static final String GET_SEED = "GetAutoNumberSeed";
  private static final String GET_NEXT = "GetNextAutoNumberValue";

  static final Set<String> NAMES = Set.of(SET_SEED, GET_SEED, GET_NEXT);

  /// What its definition says of an auto-number attribute.
  private record Numbered(AutoNumberFormat format, int lengthMax) {}

  /// @param name one of [#NAMES]
  Answer answer(String name, WriteRequest request) {
    requirePlain(request);
    users.caller(request.caller());
    var parameters = AutoNumberParameters.parse(request.body());
    Numbered numbered = numbered(parameters);
    if (name.equals(SET_SEED)) {
      set(parameters, numbered, request.idempotencyKey());
      return Answer.of(204);
    }
    if (parameters.value() != null) {
      throw BadRequest.payload(name + " has no parameter Value.");
    }
    var standing = seeds.standing(parameters.entityName(), parameters.attributeName());
    return name.equals(GET_SEED)
        ? number(request, name, "AutoNumberSeedValue", standing.seed())
        : number(request, name, "NextAutoNumberValue", standing.next());
  }

  private static void requirePlain(WriteRequest request) {
    if (!request.options().equals(QueryOptions.NONE)) {
      throw BadRequest.query("The action takes no query options.");
    }
    if (!(request.ifMatch() instanceof Condition.None)) {
      throw BadRequest.query("If-Match has no meaning for the action.");
    }
  }

  private Numbered numbered(AutoNumberParameters parameters) {
    String typeName = parameters.entityName();
    EntityType type =
        types
            .find(typeName)
            .orElseThrow(() -> new RefusedException(new Refusal.EntityTypeNotFound(typeName)));
    Attribute attribute = type.attribute(parameters.attributeName());
    if (attribute != null
        && attribute.type() instanceof AttributeType.Text(int lengthMax, var format)
        && format != null) {
      return new Numbered(format, lengthMax);
    }
    throw new BadRequest(
        ErrorCode.NOT_AN_AUTO_NUMBER,
        "Attribute "
            + Quoted.of(parameters.attributeName())
            + " of entity "
            + Quoted.of(typeName)
            + " is not an Auto Number attribute.");
  }

  private void set(AutoNumberParameters parameters, Numbered numbered, @Nullable String commandId) {
    Long seed = parameters.value();
    if (seed == null) {
      throw BadRequest.payload("The parameter Value is missing.");
    }
    if (seed < 0 || seed > AutoNumberFormat.SEED_MAX) {
      throw invalid("Value is a number from 0 to " + AutoNumberFormat.SEED_MAX + ".");
    }
    if (numbered.format().length(seed) > numbered.lengthMax()) {
      throw invalid("A number as high as " + seed + " does not fit into the attribute.");
    }
    if (!seeds.set(parameters.entityName(), parameters.attributeName(), seed, commandId)) {
      var standing = seeds.standing(parameters.entityName(), parameters.attributeName());
      throw invalid(
          "Numbers do not repeat: "
              + standing.given()
              + " has been given already, so Value must be higher.");
    }
  }

  private static BadRequest invalid(String message) {
    return new BadRequest(ErrorCode.INVALID_ARGUMENT, message);
  }

  private static Answer number(WriteRequest request, String action, String member, long number) {
    var body = new ByteArrayOutputStream(200);
    try (var json = WireJson.to(body)) {
      json.writeStartObject();
      json.writeStringProperty(
          "@odata.context",
          request.root().url() + "$metadata#Microsoft.Dynamics.CRM." + action + "Response");
      json.writeNumberProperty(member, number);
      json.writeEndObject();
    }
    return Answer.of(200).with(body.toByteArray());
  }
}
