package io.rowstream.odata.definition;

import io.rowstream.language.entity.OptionChange;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `POST InsertOptionValue` and its like ask for.
public record OptionAction(Target target, OptionChange change) {
  public static final String INSERT = "InsertOptionValue";
  public static final String UPDATE = "UpdateOptionValue";
  public static final String DELETE = "DeleteOptionValue";

  /// What clients send with options, and nothing here goes by.
  private static final Set<String> NO_DIFFERENCE =
      Set.of(
          "Color",
          "Description",
          "ExternalValue",
          "MergeLabels",
          "ParentValues",
          "SolutionUniqueName");

  /// Whose options change.
  public sealed interface Target {

    /// @param name of a global option set, in any case
    record Global(String name) implements Target {}

    record Own(String entityType, String attribute) implements Target {}
  }

  /// @param action its name: [#INSERT], [#UPDATE] or [#DELETE]
  /// @throws BadRequest if the body is not what the action takes
  public static OptionAction parse(String action, byte[] body) {
    JsonObject json = JsonObject.read(body, action);
    var parsed = new OptionAction(target(json), change(action, json));
    json.skip(NO_DIFFERENCE);
    json.requireNothingLeft();
    return parsed;
  }

  private static Target target(JsonObject json) {
    String set = json.text("OptionSetName");
    String entityType = json.text("EntityLogicalName");
    String attribute = json.text("AttributeLogicalName");
    if (set != null && entityType == null && attribute == null) {
      return new Target.Global(set);
    }
    if (set == null && entityType != null && attribute != null) {
      return new Target.Own(Names.lower(entityType), Names.lower(attribute));
    }
    throw BadRequest.payload(
        "The parameters are OptionSetName, or EntityLogicalName and AttributeLogicalName.");
  }

  private static OptionChange change(String action, JsonObject json) {
    Integer number = json.whole("Value");
    return switch (action) {
      case INSERT -> new OptionChange.Insert(number, label(json));
      case UPDATE -> new OptionChange.Relabel(required(number), label(json));
      case DELETE -> new OptionChange.Remove(required(number));
      default -> throw new IllegalArgumentException("no action on options: " + action);
    };
  }

  private static int required(@Nullable Integer number) {
    if (number == null) {
      throw BadRequest.payload("The parameter Value is missing.");
    }
    return number;
  }

  private static String label(JsonObject json) {
    String label = LabelText.of(json, "Label");
    if (label == null) {
      throw BadRequest.payload("The parameter Label is missing.");
    }
    return label;
  }
}
