package io.rowstream.web;

import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.error.ODataError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/// Answers what no handler has answered, a path nobody serves for one, always in JSON.
final class UnhandledFailures implements ErrorWebExceptionHandler, Ordered {
  private static final Logger log = LoggerFactory.getLogger(UnhandledFailures.class);

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted() || DisconnectedClientHelper.isClientDisconnectedException(failure)) {
      return Mono.error(failure);
    }
    ODataError error = error(exchange, failure);
    if (failure instanceof ErrorResponse refusal) {
      response.getHeaders().putAll(refusal.getHeaders());
    }
    return write(error, response);
  }

  static Mono<Void> write(ODataError error, ServerHttpResponse response) {
    response.setStatusCode(HttpStatusCode.valueOf(error.status()));
    response.getHeaders().set("OData-Version", "4.0");
    response.getHeaders().set("Content-Type", Refusals.CONTENT_TYPE);
    byte[] body = error.body();
    response.getHeaders().setContentLength(body.length);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  private static ODataError error(ServerWebExchange exchange, Throwable failure) {
    int status = failure instanceof ErrorResponse refusal ? refusal.getStatusCode().value() : 500;
    if (status >= 500) {
      log.error("A request failed unexpectedly", failure);
      return ODataError.unexpected();
    }
    return status == 404
        ? ODataError.of(
            status,
            ErrorCode.BAD_QUERY,
            "Resource not found for the segment "
                + Quoted.of(exchange.getRequest().getURI().getRawPath())
                + ".")
        : Refusals.of(status);
  }

  /// Before Spring's own.
  @Override
  public int getOrder() {
    return -1;
  }
}
