package io.rowstream.odata.definition;

import io.rowstream.language.command.OptionSetRevision.Change;
import io.rowstream.language.entity.OptionChange;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.json.JsonObject;
import io.rowstream.odata.metadata.MetadataIds;
import java.util.Objects;
import java.util.Set;

/// The body that makes or changes a global option set.
public final class OptionSetPayload {
  private static final String TYPE = "OptionSetMetadata";

  /// What clients send with every option set, and nothing here goes by.
  private static final Set<String> NO_DIFFERENCE =
      Set.of(
          "Description",
          "ExternalTypeName",
          "HasChanged",
          "IntroducedVersion",
          "IsCustomOptionSet",
          "IsCustomizable",
          "IsManaged",
          "ParentOptionSetName");

  private OptionSetPayload() {}

  /// @param body of a `POST` to `GlobalOptionSetDefinitions`
  /// @throws BadRequest if it describes none
  /// @throws RefusedException if there can be no such option set
  public static OptionSet forCreate(byte[] body) {
    JsonObject json = JsonObject.read(body, "an option set");
    String name = json.requireText("Name");
    String displayName = LabelText.of(json, "DisplayName");
    try {
      var options = OptionList.numbered(json);
      end(json);
      return new OptionSet(name, Objects.requireNonNullElse(displayName, ""), options);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          new Refusal.OfOptionSet.Invalid(name, String.valueOf(e.getMessage())));
    }
  }

  /// @param now what the option set is
  /// @param body of a `PUT`; what it does not say, options included, stays as it is
  /// @throws BadRequest if the option set cannot become so
  public static Change forUpdate(OptionSet now, byte[] body) {
    JsonObject json = JsonObject.read(body, "an option set");
    Names.requireSame(json, "Name", now.name());
    Names.requireSame(json, "MetadataId", MetadataIds.ofOptionSet(now.name()).toString());
    String displayName = LabelText.of(json, "DisplayName");
    OptionChange options = json.has("Options") ? new OptionChange.Put(OptionList.of(json)) : null;
    end(json);
    return new Change(displayName, options);
  }

  private static void end(JsonObject json) {
    Names.requireType(json, TYPE);
    Names.requireSame(json, "OptionSetType", "Picklist");
    if (Boolean.FALSE.equals(json.flag("IsGlobal"))) {
      throw BadRequest.payload(
          "IsGlobal is true here: options of one attribute alone are made with it.");
    }
    json.skip(NO_DIFFERENCE);
    json.requireNothingLeft();
  }
}
