package io.rowstream.query.push;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The answers to a request that does not become a watch.
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

  /// Turns a response that has not begun into a refusal.
  static Mono<Void> tooManyWatchers(ServerHttpResponse response) {
    response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    response.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    byte[] body = error(TOO_BUSY, "There are too many watches on this node.");
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  static Mono<ServerResponse> gone(Frame reset) {
    byte[] bytes = reset.text().getBytes(StandardCharsets.UTF_8);
    return ServerResponse.status(HttpStatus.GONE)
        .contentType(MediaType.TEXT_EVENT_STREAM)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body((response, _) -> response.writeWith(Mono.just(response.bufferFactory().wrap(bytes))));
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
