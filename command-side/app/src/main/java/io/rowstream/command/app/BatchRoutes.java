package io.rowstream.command.app;

import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.url.ServiceRoot;
import java.util.concurrent.Semaphore;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Routes `POST $batch` to [BatchWrites], each batch on a virtual thread of its own.
final class BatchRoutes implements RouterFunction<ServerResponse> {
  private final BatchWrites writes;
  private final Failures failures;
  private final int bodyBytesMax;
  private final Semaphore running;

  // As in WriteRoutes: a client that leaves must not interrupt its thread.
  private final Scheduler virtualThreads =
      Schedulers.fromExecutor(task -> Thread.ofVirtual().start(task));

  /// @param batchesMax carried out at the same time; further ones are refused at once
  BatchRoutes(BatchWrites writes, Failures failures, int bodyBytesMax, int batchesMax) {
    this.writes = writes;
    this.failures = failures;
    this.bodyBytesMax = bodyBytesMax;
    this.running = new Semaphore(batchesMax);
  }

  @Override
  public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    String path = request.exchange().getRequest().getURI().getRawPath();
    String afterRoot = ServiceRoot.afterRoot(path);
    return request.method().equals(HttpMethod.POST)
            && ("$batch".equals(afterRoot) || "%24batch".equals(afterRoot))
        ? Mono.just(this::handle)
        : Mono.empty();
  }

  private Mono<ServerResponse> handle(ServerRequest request) {
    var http = request.exchange().getRequest();
    return DataBufferUtils.join(http.getBody(), bodyBytesMax)
        .map(WriteRoutes::bytes)
        .defaultIfEmpty(WriteRoutes.NO_BODY)
        .flatMap(body -> Mono.fromCallable(() -> carryOut(http, body)).subscribeOn(virtualThreads))
        .onErrorResume(failure -> Mono.just(failures.answer(failure)))
        .flatMap(WriteRoutes::response);
  }

  private Answer carryOut(ServerHttpRequest http, byte[] body) {
    if (!running.tryAcquire()) {
      throw new RefusedException(new Refusal.TooBusy("too many batches are being carried out"));
    }
    try {
      return writes.answer(http, body);
    } finally {
      running.release();
    }
  }
}
