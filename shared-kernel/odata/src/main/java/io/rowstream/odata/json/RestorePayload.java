package io.rowstream.odata.json;

import io.rowstream.odata.BadRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The body that asks for an earlier version of a record: `{"version":3}`.
public final class RestorePayload {
  private @Nullable Long version;

  private RestorePayload() {}

  /// @return 0 or more
  /// @throws BadRequest if the body is anything else
  public static long version(byte[] body) {
    var payload = new RestorePayload();
    BodyJson.readObject(body, payload::take);
    Long version = payload.version;
    if (version == null) {
      throw BadRequest.payload("The body names no version: {\"version\":3}.");
    }
    return version;
  }

  private void take(String name, JsonParser json) {
    if (!name.equals("version")) {
      throw BadRequest.payload("The body of a restore has one member, version.");
    }
    boolean fits =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
            && json.getLongValue() >= 0;
    if (!fits) {
      throw BadRequest.payload("A version is a whole number from 0 on.");
    }
    version = json.getLongValue();
  }
}
