package io.rowstream.command.app;

import io.rowstream.command.app.DefinitionWrites.DefinitionRequest;
import io.rowstream.command.app.DefinitionWrites.Wanted;
import io.rowstream.command.eventstore.EntityTypeCatalog;
import io.rowstream.language.command.OptionSetRevision;
import io.rowstream.language.command.ReviseOptionSet;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.odata.definition.OptionSetPayload;
import io.rowstream.odata.metadata.MetadataIds;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.Literal;
import io.rowstream.odata.url.ResourcePath.Definitions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/// What writes below `GlobalOptionSetDefinitions` mean.
record OptionSetCommands(EntityTypeCatalog types) {

  Wanted wanted(DefinitionRequest request) {
    Key key = request.steps().getFirst().key();
    int steps = request.steps().size();
    if (key == null) {
      DefinitionCommands.requireMethod(request, steps == 1, HttpMethod.POST);
      OptionSet set = OptionSetPayload.forCreate(request.body());
      return wanted(set.name(), new OptionSetRevision.Create(set), place(set.name()));
    }
    if (request.method().equals(HttpMethod.DELETE) && steps == 1) {
      String name = DefinitionCommands.removed(request, key, "Name", () -> known(key).name());
      return wanted(name, new OptionSetRevision.Remove(), null);
    }
    OptionSet set = known(key);
    // Behind the key there may be the type it is cast to.
    DefinitionCommands.requireMethod(request, steps <= 2, HttpMethod.PUT);
    return wanted(set.name(), OptionSetPayload.forUpdate(set, request.body()), place(set.name()));
  }

  private static Wanted wanted(String name, OptionSetRevision revision, @Nullable String place) {
    return new Wanted(expected -> new ReviseOptionSet(name, revision, expected), place);
  }

  private OptionSet known(Key key) {
    return DefinitionCommands.picked(
        types.optionSets(),
        key,
        Map.of(
            "MetadataId",
            set -> new Literal.Guid(MetadataIds.ofOptionSet(set.name())),
            "Name",
            set -> new Literal.Text(set.name())),
        () -> new Refusal.OfOptionSet.NotThere(DefinitionCommands.text(key)));
  }

  private static String place(String name) {
    return Definitions.OPTION_SETS + "(" + MetadataIds.ofOptionSet(name) + ")";
  }
}
