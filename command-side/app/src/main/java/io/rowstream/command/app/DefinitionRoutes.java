package io.rowstream.command.app;

import io.rowstream.odata.url.ResourcePath.Definitions;
import io.rowstream.odata.url.ServiceRoot;
import java.util.Set;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Routes every write of definitions to [DefinitionWrites], each on a virtual thread of its own.
final class DefinitionRoutes implements RouterFunction<ServerResponse> {
  private static final Set<HttpMethod> WRITES =
      Set.of(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.PUT, HttpMethod.DELETE);

  private final DefinitionWrites writes;
  private final Failures failures;
  private final int bodyBytesMax;

  // As in WriteRoutes: a client that leaves must not interrupt its thread.
  private final Scheduler virtualThreads =
      Schedulers.fromExecutor(task -> Thread.ofVirtual().start(task));

  DefinitionRoutes(DefinitionWrites writes, Failures failures, int bodyBytesMax) {
    this.writes = writes;
    this.failures = failures;
    this.bodyBytesMax = bodyBytesMax;
  }

  @Override
  public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    String path = ServiceRoot.afterRoot(request.exchange().getRequest().getURI().getRawPath());
    return WRITES.contains(request.method()) && path != null && Definitions.areMeantBy(path)
        ? Mono.just(this::handle)
        : Mono.empty();
  }

  private Mono<ServerResponse> handle(ServerRequest request) {
    var http = request.exchange().getRequest();
    return DataBufferUtils.join(http.getBody(), bodyBytesMax)
        .map(WriteRoutes::bytes)
        .defaultIfEmpty(WriteRoutes.NO_BODY)
        .flatMap(body ->
            Mono.fromCallable(() -> writes.answer(WriteRequest.read(http, body)))
                .subscribeOn(virtualThreads))
        .onErrorResume(failure -> Mono.just(failures.answer(failure)))
        .flatMap(WriteRoutes::response);
  }
}
