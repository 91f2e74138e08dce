package io.rowstream.query.app;

import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Writes answers as they are. Spring's own responses turn into 304 by themselves when they have an
/// etag; here a condition has been decided already.
///
/// @param timeout for a client to take all of an answer; then the connection is cut
record AnswerWriter(Duration timeout) {

  Mono<Void> write(Answer answer, ServerWebExchange exchange) {
    ServerHttpResponse response = exchange.getResponse();
    response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
    HttpHeaders headers = response.getHeaders();
    headers.set("OData-Version", "4.0");
    List<String> others = answer.headers();
    for (int i = 0; i < others.size(); i += 2) {
      headers.set(others.get(i), others.get(i + 1));
    }
    String contentType = answer.contentType();
    if (contentType == null) {
      return response.setComplete();
    }
    headers.set(HttpHeaders.CONTENT_TYPE, contentType);
    headers.setContentLength(answer.body().length);
    return response
        .writeWith(Mono.just(response.bufferFactory().wrap(answer.body())))
        .timeout(timeout);
  }
}
