package io.rowstream.command.app;

import io.rowstream.odata.url.ServiceRoot;
import java.util.Set;
import java.util.function.BiFunction;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Routes actions that belong to no set, such as `POST SetAutoNumberSeed`, each on a virtual thread
/// of its own.
final class ActionRoutes implements RouterFunction<ServerResponse> {
  /// The largest body: some names, a number and labels.
  private static final int BODY_BYTES_MAX = 16 * 1024;

  private final Set<String> names;
  private final BiFunction<String, WriteRequest, Answer> action;
  private final Failures failures;

  // As in WriteRoutes: a client that leaves must not interrupt its thread.
  private final Scheduler virtualThreads =
      Schedulers.fromExecutor(task -> Thread.ofVirtual().start(task));

  /// @param action carries out the one of a name
  ActionRoutes(
      Set<String> names, BiFunction<String, WriteRequest, Answer> action, Failures failures) {
    this.names = names;
    this.action = action;
    this.failures = failures;
  }

  @Override
  public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    String path = request.exchange().getRequest().getURI().getRawPath();
    String name = ServiceRoot.afterRoot(path);
    return request.method().equals(HttpMethod.POST) && name != null && names.contains(name)
        ? Mono.just(matched -> handle(name, matched))
        : Mono.empty();
  }

  private Mono<ServerResponse> handle(String name, ServerRequest request) {
    var http = request.exchange().getRequest();
    return DataBufferUtils.join(http.getBody(), BODY_BYTES_MAX)
        .map(WriteRoutes::bytes)
        .defaultIfEmpty(WriteRoutes.NO_BODY)
        .flatMap(body ->
            Mono.fromCallable(() -> action.apply(name, WriteRequest.read(http, body)))
                .subscribeOn(virtualThreads))
        .onErrorResume(failure -> Mono.just(failures.answer(failure)))
        .flatMap(WriteRoutes::response);
  }
}
