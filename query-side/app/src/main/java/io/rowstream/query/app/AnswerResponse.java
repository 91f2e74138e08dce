package io.rowstream.query.app;

import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// An answer on its way out, as it is. Spring's own responses turn into 304 by themselves when they
/// have an etag; here a condition has been decided already.
///
/// @param writeTimeout for a client to take all of it; then the connection is cut
/// @param onEnd what is to be done when it was taken or cut
record AnswerResponse(Answer answer, Duration writeTimeout, Runnable onEnd) implements ServerResponse {

  @Override
  public HttpStatusCode statusCode() {
    return HttpStatusCode.valueOf(answer.status());
  }

  @Override
  public HttpHeaders headers() {
    var headers = new HttpHeaders();
    headers.set("OData-Version", "4.0");
    if (answer.contentType() != null) {
      headers.set(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    List<String> others = answer.headers();
    for (int i = 0; i < others.size(); i += 2) {
      headers.set(others.get(i), others.get(i + 1));
    }
    return headers;
  }

  @Override
  public MultiValueMap<String, ResponseCookie> cookies() {
    return new LinkedMultiValueMap<>();
  }

  @Override
  public Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
    ServerHttpResponse response = exchange.getResponse();
    response.setStatusCode(statusCode());
    response.getHeaders().putAll(headers());
    Mono<Void> written =
        answer.contentType() == null ? response.setComplete() : writeBody(response);
    return written.timeout(writeTimeout).doFinally(_ -> onEnd.run());
  }

  private Mono<Void> writeBody(ServerHttpResponse response) {
    byte[] body = answer.body();
    response.getHeaders().setContentLength(body.length);
    return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
  }
}
