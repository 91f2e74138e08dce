package io.rowstream.command.app;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Takes the answer to a request that came inside a batch. What is larger than `bytesMax` is not
/// kept.
final class InProcessResponse extends AbstractServerHttpResponse {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final int bytesMax;
  private boolean tooLarge;

  InProcessResponse(int bytesMax) {
    super(DefaultDataBufferFactory.sharedInstance);
    this.bytesMax = bytesMax;
  }

  boolean isTooLarge() {
    return tooLarge;
  }

  Answer answer() {
    var headers = new LinkedHashMap<String, String>();
    getHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
    HttpStatusCode status = getStatusCode();
    return new Answer(status == null ? 200 : status.value(), headers, body.toByteArray());
  }

  @Override
  protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> buffers) {
    return Flux.from(buffers).doOnNext(this::take).then();
  }

  @Override
  protected Mono<Void> writeAndFlushWithInternal(
      Publisher<? extends Publisher<? extends DataBuffer>> chunks) {
    return writeWithInternal(Flux.from(chunks).concatMap(Function.identity()));
  }

  private void take(DataBuffer buffer) {
    byte[] octets = Answering.bytes(buffer);
    tooLarge |= octets.length > bytesMax - body.size();
    if (!tooLarge) {
      body.writeBytes(octets);
    }
  }

  @Override
  protected void applyStatusCode() {}

  @Override
  protected void applyHeaders() {}

  @Override
  protected void applyCookies() {}

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> T getNativeResponse() {
    return (T) this;
  }
}
