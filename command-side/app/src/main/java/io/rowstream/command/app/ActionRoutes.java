package io.rowstream.command.app;

import io.rowstream.odata.url.ServiceRoot;
import java.util.Set;
import java.util.function.BiFunction;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// Routes actions that belong to no set, such as `POST SetAutoNumberSeed`, each on a virtual thread
/// of its own.
final class ActionRoutes implements RouterFunction<ServerResponse> {
  /// The largest body: some names, a number and labels.
  static final int BODY_BYTES_MAX = 16 * 1024;

  private final Set<String> names;
  private final BiFunction<String, WriteRequest, Answer> action;
  private final Answering answering;

  /// @param action carries out the one of a name
  ActionRoutes(
      Set<String> names, BiFunction<String, WriteRequest, Answer> action, Answering answering) {
    this.names = names;
    this.action = action;
    this.answering = answering;
  }

  @Override
  public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    String path = request.exchange().getRequest().getURI().getRawPath();
    String name = ServiceRoot.afterRoot(path);
    return request.method().equals(HttpMethod.POST) && name != null && names.contains(name)
        ? Mono.just(matched ->
            answering.answer(
                matched, (http, body) -> action.apply(name, WriteRequest.read(http, body))))
        : Mono.empty();
  }
}
