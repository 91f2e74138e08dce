package io.rowstream.command.app;

import io.rowstream.command.app.DefinitionWrites.DefinitionRequest;
import io.rowstream.command.app.DefinitionWrites.Wanted;
import io.rowstream.language.command.Revision;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.odata.definition.KeyPayload;
import io.rowstream.odata.metadata.MetadataIds;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.Literal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/// What writes of the `Keys` of an entity type mean.
final class KeyCommands {
  static final String KEYS = "Keys";

  private KeyCommands() {}

  /// @param key of the key that is meant; null if none is
  static Wanted wanted(DefinitionRequest request, EntityType type, @Nullable Key key) {
    boolean there = request.steps().size() == 2;
    if (key == null) {
      DefinitionCommands.requireMethod(request, there, HttpMethod.POST);
      AlternateKey made = KeyPayload.forCreate(type.name(), request.body());
      return new Wanted(
          type.name(),
          new Revision.AddKey(made),
          DefinitionCommands.place(type.name())
              + "/"
              + KEYS
              + "("
              + MetadataIds.ofKey(type.name(), made.name())
              + ")");
    }
    DefinitionCommands.requireMethod(request, there, HttpMethod.DELETE);
    String name =
        DefinitionCommands.removed(
            request, key, DefinitionCommands.LOGICAL_NAME, () -> known(type, key).name());
    return new Wanted(type.name(), new Revision.RemoveKey(name), null);
  }

  private static AlternateKey known(EntityType type, Key key) {
    return DefinitionCommands.picked(
        type.keys(),
        key,
        Map.of(
            DefinitionCommands.METADATA_ID,
            each -> new Literal.Guid(MetadataIds.ofKey(type.name(), each.name())),
            DefinitionCommands.LOGICAL_NAME,
            each -> new Literal.Text(each.name())),
        () -> new Refusal.NotDefined(type.name(), DefinitionCommands.text(key)));
  }
}
