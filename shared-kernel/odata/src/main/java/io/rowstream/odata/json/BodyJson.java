package io.rowstream.odata.json;

import io.rowstream.odata.BadRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;

/// Request bodies that are one JSON object.
final class BodyJson {

  private BodyJson() {}

  /// Takes one member of an object.
  @FunctionalInterface
  interface Members {

    /// @param json stands on the first token of the member's value, and is left on its last one
    void take(String name, JsonParser json);
  }

  /// Reads the whole body.
  ///
  /// @throws BadRequest if it is not one JSON object in UTF-8 with nothing behind it
  static void readObject(byte[] body, Members members) {
    requireUtf8(body);
    try (var json = WireJson.FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw BadRequest.payload("The body is not a JSON object.");
      }
      readMembers(json, members);
      if (json.nextToken() != null) {
        throw BadRequest.payload("There is something behind the JSON object in the body.");
      }
    } catch (JacksonException e) {
      String problem =
          e.getOriginalMessage().startsWith("Duplicate")
              ? "The body has two members of one name"
              : "The body is not valid JSON";
      throw BadRequest.payload(problem + place(e.getLocation()) + ".");
    }
  }

  /// Reads the object that begins at the current token.
  static void readMembers(JsonParser json, Members members) {
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      members.take(name, json);
    }
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : ", in line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static void requireUtf8(byte[] body) {
    boolean ascii = true;
    for (byte octet : body) {
      if (octet == 0) {
        throw BadRequest.payload("The body is not JSON in UTF-8: it holds a zero octet.");
      }
      ascii &= octet > 0;
    }
    if (!ascii) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      } catch (CharacterCodingException _) {
        throw BadRequest.payload("The body is not UTF-8.");
      }
    }
  }
}
