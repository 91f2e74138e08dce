package io.rowstream.command.app;

import io.rowstream.odata.url.ResourcePath.Definitions;
import java.util.Set;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Routes every write under `/api/data/`, of records and of definitions, each on a virtual thread
/// of its own.
final class WriteRoutes implements RouterFunction<ServerResponse> {
  private static final Set<HttpMethod> WRITES =
      Set.of(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.PUT, HttpMethod.DELETE);
  static final byte[] NO_BODY = {};

  private final RecordWrites writes;
  private final DefinitionWrites definitions;
  private final Failures failures;
  private final int bodyBytesMax;

  // Not as an executor service: a client that leaves would interrupt its thread, and an interrupted
  // thread loses its database connection.
  private final Scheduler virtualThreads =
      Schedulers.fromExecutor(task -> Thread.ofVirtual().start(task));

  WriteRoutes(
      RecordWrites writes, DefinitionWrites definitions, Failures failures, int bodyBytesMax) {
    this.writes = writes;
    this.definitions = definitions;
    this.failures = failures;
    this.bodyBytesMax = bodyBytesMax;
  }

  @Override
  public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    return WRITES.contains(request.method())
            && request.exchange().getRequest().getURI().getRawPath().startsWith("/api/data/")
        ? Mono.just(this::handle)
        : Mono.empty();
  }

  private Mono<ServerResponse> handle(ServerRequest request) {
    var http = request.exchange().getRequest();
    return DataBufferUtils.join(http.getBody(), bodyBytesMax)
        .map(WriteRoutes::bytes)
        .defaultIfEmpty(NO_BODY)
        .flatMap(body ->
            Mono.fromCallable(() -> answer(WriteRequest.read(http, body)))
                .subscribeOn(virtualThreads))
        .onErrorResume(failure -> Mono.just(failures.answer(failure)))
        .flatMap(WriteRoutes::response);
  }

  private Answer answer(WriteRequest request) {
    return request.path() instanceof Definitions(var steps)
        ? definitions.answer(request, steps)
        : writes.answer(request);
  }

  static byte[] bytes(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }

  static Mono<ServerResponse> response(Answer answer) {
    var response =
        ServerResponse.status(answer.status())
            .headers(headers -> {
              headers.set("OData-Version", "4.0");
              if (answer.body().length > 0) {
                headers.set("Content-Type", Answer.JSON);
              }
              answer.headers().forEach(headers::set);
            });
    return answer.body().length > 0 ? response.bodyValue(answer.body()) : response.build();
  }
}
