package io.rowstream.query.push;

import io.rowstream.odata.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The answers that are JSON: to polls, and to requests that do not become a watch.
final class Answers {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String BAD_QUERY = "0x80060888";
  private static final String TOO_BUSY = "0x80072322";
  private static final String RETRY_AFTER_SECONDS = "5";

  private Answers() {}

  static Mono<ServerResponse> badRequest(String message) {
    return ServerResponse.badRequest()
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(error(BAD_QUERY, message));
  }

  static Mono<ServerResponse> methodNotAllowed() {
    return ServerResponse.status(HttpStatus.METHOD_NOT_ALLOWED)
        .header(HttpHeaders.ALLOW, "GET")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(error(BAD_QUERY, "A watch is opened with GET."));
  }

  static Mono<ServerResponse> unavailable(String message) {
    return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(error(TOO_BUSY, message));
  }

  static Mono<Void> tooManyWatchers(ServerHttpResponse response) {
    return unavailable(response, "There are too many watches on this node.");
  }

  /// Turns a response that has not begun into a refusal.
  static Mono<Void> unavailable(ServerHttpResponse response, String message) {
    response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    response.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    byte[] body = error(TOO_BUSY, message);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  /// What a poll is answered with.
  static byte[] frames(List<Frame> frames, String cursor) {
    var bytes = new ByteArrayOutputStream(1 << 10);
    bytes.write('{');
    writeFrames(bytes, frames, cursor);
    return bytes.toByteArray();
  }

  /// What a poll is answered with whose last frame is a reset: a refusal, too, for clients that
  /// look for those.
  static byte[] reset(List<Frame> frames) {
    var bytes = new ByteArrayOutputStream(1 << 10);
    byte[] error =
        error(ErrorCode.EXPIRED_VERSION_STAMP.hex(), "The cursor leads nowhere any more.");
    bytes.write(error, 0, error.length - 1);
    bytes.write(',');
    writeFrames(bytes, frames, "");
    return bytes.toByteArray();
  }

  private static void writeFrames(ByteArrayOutputStream bytes, List<Frame> frames, String cursor) {
    bytes.writeBytes("\"frames\":[".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < frames.size(); i++) {
      if (i > 0) {
        bytes.write(',');
      }
      frames.get(i).writeJson(bytes);
    }
    bytes.writeBytes(("],\"cursor\":\"" + cursor + "\"}").getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] error(String code, String message) {
    var bytes = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("code", code);
      json.writeStringProperty("message", message);
      json.writeEndObject();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
