package io.rowstream.command.app;

import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.url.ServiceRoot;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// Routes `POST $batch` to [BatchWrites], each batch on a virtual thread of its own.
final class BatchRoutes implements RouterFunction<ServerResponse> {
  private final BatchWrites writes;
  private final Answering answering;
  private final Semaphore running;

  /// @param batchesMax carried out at the same time; further ones are refused at once
  BatchRoutes(BatchWrites writes, Answering answering, int batchesMax) {
    this.writes = writes;
    this.answering = answering;
    this.running = new Semaphore(batchesMax);
  }

  @Override
  public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    String path = request.exchange().getRequest().getURI().getRawPath();
    String afterRoot = ServiceRoot.afterRoot(path);
    return request.method().equals(HttpMethod.POST)
            && ("$batch".equals(afterRoot) || "%24batch".equals(afterRoot))
        ? Mono.just(matched -> answering.answer(matched, this::carryOut))
        : Mono.empty();
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
