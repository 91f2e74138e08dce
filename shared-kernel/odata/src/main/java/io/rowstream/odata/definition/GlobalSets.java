package io.rowstream.odata.definition;

import io.rowstream.language.entity.AttributeType.GlobalSet;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.json.JsonObject;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.Literal;
import io.rowstream.odata.url.ResourcePath;
import io.rowstream.odata.url.ResourcePath.Definitions;
import io.rowstream.odata.url.ServiceRoot;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The global option sets that bodies refer to by
/// `"GlobalOptionSet@odata.bind":"/GlobalOptionSetDefinitions(Name='crm_Colour')"`.
public interface GlobalSets {

  /// The name of the set with this `MetadataId`; null if there is none.
  @Nullable String nameOf(UUID id);

  /// Takes the member that refers to a set; whether a set of that name is there, is not known.
  ///
  /// @return null if there is no such member
  /// @throws BadRequest if it refers to something else
  /// @throws RefusedException if no set has the id
  default @Nullable GlobalSet boundBy(JsonObject json) {
    String text = json.text("GlobalOptionSet@odata.bind");
    return text == null ? null : new GlobalSet(name(text), "");
  }

  private String name(String text) {
    Key key = key(text);
    if (key instanceof Key.Columns(var columns)
        && columns.size() == 1
        && columns.get("Name") instanceof Literal.Text(String name)) {
      return name;
    }
    UUID id = key == null ? null : key.idOr("MetadataId");
    if (id == null) {
      throw BadRequest.payload(
          "GlobalOptionSet is bound to /GlobalOptionSetDefinitions(Name='…') or"
              + " /GlobalOptionSetDefinitions(<id>), not to "
              + Quoted.of(text)
              + ".");
    }
    String name = nameOf(id);
    if (name == null) {
      throw new RefusedException(new Refusal.OfOptionSet.NotThere(id.toString()));
    }
    return name;
  }

  /// @return null if the text leads elsewhere
  private static @Nullable Key key(String text) {
    String path = ServiceRoot.afterRootOfReference(text);
    try {
      return path != null
              && ResourcePath.parse(path) instanceof Definitions(var steps)
              && steps.size() == 1
              && steps.getFirst().name().equals(Definitions.OPTION_SETS)
          ? steps.getFirst().key()
          : null;
    } catch (BadRequest _) {
      return null;
    }
  }
}
