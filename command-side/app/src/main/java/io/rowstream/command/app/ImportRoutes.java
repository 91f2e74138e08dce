package io.rowstream.command.app;

import io.rowstream.odata.BadRequest;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// Routes `POST` and `PUT /api/import/<set>` to [Imports]; the answer is the report, as it grows.
final class ImportRoutes implements RouterFunction<ServerResponse> {
  private final Imports imports;
  private final Failures failures;

  ImportRoutes(Imports imports, Failures failures) {
    this.imports = imports;
    this.failures = failures;
  }

  @Override
  public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    String path = request.exchange().getRequest().getURI().getRawPath();
    return path.startsWith(ImportRequest.PATH) ? Mono.just(this::handle) : Mono.empty();
  }

  private Mono<ServerResponse> handle(ServerRequest request) {
    return Mono.fromCallable(() -> begin(request))
        .subscribeOn(Answering.VIRTUAL_THREADS)
        .flatMap(ImportRoutes::report)
        .onErrorResume(failure ->
            Answering.response(
                failures.answer(
                    failure instanceof IOException
                        ? BadRequest.payload("The file breaks off before its first row.")
                        : failure)));
  }

  private Imports.Running begin(ServerRequest request) throws IOException {
    if (!request.method().equals(HttpMethod.POST) && !request.method().equals(HttpMethod.PUT)) {
      throw new MethodNotAllowedException();
    }
    return imports.begin(request.exchange().getRequest());
  }

  private static Mono<ServerResponse> report(Imports.Running run) {
    return ServerResponse.ok()
        .contentType(MediaType.APPLICATION_NDJSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("X-Accel-Buffering", "no")
        // An import may end before its file does; what is left of it must not be the next request.
        .header(HttpHeaders.CONNECTION, "close")
        .header("Rowstream-Command-Id", run.id())
        .body((response, _) -> write(run, response));
  }

  private static Mono<Void> write(Imports.Running run, ServerHttpResponse response) {
    return response.writeAndFlushWith(
        run.report().lines().map(line -> Mono.just(response.bufferFactory().wrap(line))));
  }
}
