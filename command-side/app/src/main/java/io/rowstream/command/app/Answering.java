package io.rowstream.command.app;

import java.util.function.BiFunction;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Answers requests once their body is there, each on a virtual thread of its own. Thread-safe.
///
/// @param bodyBytesMax a longer body is refused
record Answering(Failures failures, int bodyBytesMax) {
  static final byte[] NO_BODY = {};

  // Not as an executor service: a client that leaves would interrupt its thread, and an interrupted
  // thread loses its database connection.
  static final Scheduler VIRTUAL_THREADS =
      Schedulers.fromExecutor(task -> Thread.ofVirtual().start(task));

  /// @param making may block
  Mono<ServerResponse> answer(
      ServerRequest request, BiFunction<ServerHttpRequest, byte[], Answer> making) {
    var http = request.exchange().getRequest();
    return DataBufferUtils.join(http.getBody(), bodyBytesMax)
        .map(Answering::bytes)
        .defaultIfEmpty(NO_BODY)
        .flatMap(
            body -> Mono.fromCallable(() -> making.apply(http, body)).subscribeOn(VIRTUAL_THREADS))
        .onErrorResume(failure -> Mono.just(failures.answer(failure)))
        .flatMap(Answering::response);
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
