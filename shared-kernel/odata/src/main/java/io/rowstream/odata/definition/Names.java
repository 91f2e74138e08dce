package io.rowstream.odata.definition;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What definitions are called. A schema name is the logical name in other letters; only the
/// logical one is kept.
final class Names {
  private static final String NAMESPACE = "Microsoft.Dynamics.CRM.";

  private Names() {}

  /// @throws BadRequest if the object has no name, or two
  static String logical(JsonObject json) {
    String schema = json.text("SchemaName");
    String logical = json.text("LogicalName");
    if (schema == null && logical == null) {
      return json.requireText("SchemaName");
    }
    String name = lower(schema == null ? String.valueOf(logical) : schema);
    if (logical != null && !name.equals(logical)) {
      throw BadRequest.payload(
          "The logical name is the schema name in lower case, not " + Quoted.of(logical) + ".");
    }
    return name;
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// The type `@odata.type` names, without its namespace; null if there is none.
  static @Nullable String type(JsonObject json) {
    String type = json.text("@odata.type");
    if (type == null) {
      return null;
    }
    String name = type.startsWith("#") ? type.substring(1) : type;
    if (!name.startsWith(NAMESPACE)) {
      throw BadRequest.payload("There is no type " + Quoted.of(type) + ".");
    }
    return name.substring(NAMESPACE.length());
  }

  /// @throws BadRequest if `@odata.type` names another type
  static void requireType(JsonObject json, String expected) {
    String type = type(json);
    if (type != null && !type.equals(expected)) {
      throw BadRequest.payload(NAMESPACE + expected + " is expected, not " + Quoted.of(type) + ".");
    }
  }

  /// Takes a member that says what cannot be changed.
  ///
  /// @throws BadRequest if it says otherwise
  static void requireSame(JsonObject json, String member, String expected) {
    String found = json.text(member);
    if (found != null && !found.equalsIgnoreCase(expected)) {
      throw BadRequest.payload(
          member + " stays " + Quoted.of(expected) + ", not " + Quoted.of(found) + ".");
    }
  }

  /// Takes a switch for what there is not.
  ///
  /// @throws BadRequest if it is on
  static void requireOff(JsonObject json, String member) {
    if (Boolean.TRUE.equals(json.flag(member))) {
      throw BadRequest.payload("The member " + Quoted.of(member) + " cannot be true here.");
    }
  }
}
