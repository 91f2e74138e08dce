package io.rowstream.odata.json;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The body of an action on an auto-number attribute:
/// `{"EntityName":"incident","AttributeName":"ticketnumber","Value":10000}`.
///
/// @param entityName in lower case, however it was written
/// @param attributeName in lower case, however it was written
/// @param value null if the body has none
public record AutoNumberParameters(String entityName, String attributeName, @Nullable Long value) {

  /// @throws BadRequest if the body is not what the action takes
  public static AutoNumberParameters parse(byte[] body) {
    var names = new HashMap<String, String>();
    var values = new HashMap<String, Long>();
    BodyJson.readObject(
        body,
        (member, json) -> {
          switch (member) {
            case "EntityName", "AttributeName" -> names.put(member, name(member, json));
            case "Value" -> values.put(member, value(json));
            default -> throw BadRequest.payload("There is no parameter " + Quoted.of(member) + ".");
          }
        });
    return new AutoNumberParameters(
        required("EntityName", names), required("AttributeName", names), values.get("Value"));
  }

  private static String name(String member, JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw BadRequest.payload(member + " is a name in quotes.");
    }
    return json.getString().toLowerCase(Locale.ROOT);
  }

  private static long value(JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
        || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw BadRequest.payload("Value is a whole number of 64 bits.");
    }
    return json.getLongValue();
  }

  private static String required(String member, Map<String, String> names) {
    String name = names.get(member);
    if (name == null) {
      throw BadRequest.payload("The parameter " + member + " is missing.");
    }
    return name;
  }
}
