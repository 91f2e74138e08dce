package io.rowstream.odata.error;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.json.WireJson;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// An error as it is answered: status, headers and JSON body.
public final class ODataError {
  private static final int BODY_BYTES = 512;

  private final int status;
  private final ErrorCode code;
  private final String message;
  private final int retryAfterSeconds;
  private final List<Consumer<JsonGenerator>> details;

  ODataError(
      int status,
      ErrorCode code,
      String message,
      int retryAfterSeconds,
      List<Consumer<JsonGenerator>> details) {
    this.status = status;
    this.code = code;
    this.message = message;
    this.retryAfterSeconds = retryAfterSeconds;
    this.details = List.copyOf(details);
  }

  /// An error without details. Input inside the message goes through [Quoted].
  public static ODataError of(int status, ErrorCode code, String message) {
    return new ODataError(status, code, message, 0, List.of());
  }

  public static ODataError of(BadRequest badRequest) {
    return of(400, badRequest.code(), badRequest.message());
  }

  /// The same error, worth a new try after this time: it has a `Retry-After` header.
  public ODataError retryAfter(int seconds) {
    return new ODataError(status, code, message, seconds, details);
  }

  /// A failure of ours: status 500, and nothing about what went wrong inside.
  public static ODataError unexpected() {
    return of(500, ErrorCode.UNEXPECTED, "An unexpected error occurred.");
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  public ErrorCode code() {
    return code;
  }

  public String message() {
    return message;
  }

  /// The value of the `Retry-After` header, if there is one.
  public OptionalInt retryAfterSeconds() {
    return retryAfterSeconds > 0 ? OptionalInt.of(retryAfterSeconds) : OptionalInt.empty();
  }

  /// The body: `{"error":{"code":…,"message":…}}` with our annotations in it.
  public byte[] body() {
    var bytes = new ByteArrayOutputStream(BODY_BYTES);
    try (var json = WireJson.to(bytes)) {
      json.writeStartObject();
      json.writeName("error");
      write(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /// Writes what stands behind `"error":`.
  public void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("code", code.hex());
    json.writeStringProperty("message", message);
    details.forEach(detail -> detail.accept(json));
    json.writeEndObject();
  }

  ODataError with(Consumer<JsonGenerator> detail) {
    var all = new ArrayList<>(details);
    all.add(detail);
    return new ODataError(status, code, message, retryAfterSeconds, all);
  }
}
