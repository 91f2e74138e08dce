package io.rowstream.command.app;

import io.rowstream.odata.url.ResourcePath.Definitions;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// Routes every write under `/api/data/`, of records and of definitions, each on a virtual thread
/// of its own.
final class WriteRoutes implements RouterFunction<ServerResponse> {
  private static final Set<HttpMethod> WRITES =
      Set.of(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.PUT, HttpMethod.DELETE);

  private final RecordWrites writes;
  private final DefinitionWrites definitions;
  private final Answering answering;

  WriteRoutes(RecordWrites writes, DefinitionWrites definitions, Answering answering) {
    this.writes = writes;
    this.definitions = definitions;
    this.answering = answering;
  }

  @Override
  public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    return WRITES.contains(request.method())
            && request.exchange().getRequest().getURI().getRawPath().startsWith("/api/data/")
        ? Mono.just(matched ->
            answering.answer(matched, (http, body) -> answer(WriteRequest.read(http, body))))
        : Mono.empty();
  }

  private Answer answer(WriteRequest request) {
    return request.path() instanceof Definitions(var steps)
        ? definitions.answer(request, steps)
        : writes.answer(request);
  }
}
