package io.rowstream.odata.definition;

import io.rowstream.language.entity.AlternateKey;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.json.JsonObject;
import java.util.List;
import java.util.Set;

/// The JSON that makes an alternate key.
public final class KeyPayload {
  private static final String TYPE = "EntityKeyMetadata";

  /// What clients send with every key, and nothing here goes by.
  private static final Set<String> NO_DIFFERENCE =
      Set.of(
          "DisplayName",
          "Description",
          "EntityKeyIndexStatus",
          "HasChanged",
          "IntroducedVersion",
          "IsCustomizable",
          "IsManaged",
          "IsSynchronous");

  private KeyPayload() {}

  /// @param body of a `POST` to the `Keys` of an entity type
  /// @throws BadRequest if it describes none
  public static AlternateKey forCreate(String entityType, byte[] body) {
    return read(entityType, JsonObject.read(body, "a key"));
  }

  static AlternateKey read(String entityType, JsonObject json) {
    Names.requireType(json, TYPE);
    Names.requireSame(json, "EntityLogicalName", entityType);
    String name = Names.logical(json);
    List<String> attributes = json.texts("KeyAttributes");
    json.skip(NO_DIFFERENCE);
    json.requireNothingLeft();
    return Definition.of(entityType, () -> new AlternateKey(name, attributes));
  }
}
