package io.rowstream.query.app;

import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Sends everything under `/api/data/` that is not a write to the reads. It is asked before all
/// other mappings: matching their patterns costs as much as reading a record.
record ReadMapping(ReadHandler reads) implements HandlerMapping, Ordered {
  private static final Set<HttpMethod> WRITES =
      Set.of(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.PUT, HttpMethod.DELETE);

  @Override
  public Mono<Object> getHandler(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    return request.getURI().getRawPath().startsWith("/api/data/")
            && !WRITES.contains(request.getMethod())
        ? Mono.just(reads)
        : Mono.empty();
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
