package io.rowstream.command.app;

import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;

/// A request that came inside a batch.
final class InProcessRequest extends AbstractServerHttpRequest {
  private final ServerHttpRequest batch;
  private final byte[] body;
  private final ContentReferences references;

  /// @param batch the request it came in
  InProcessRequest(
      ServerHttpRequest batch,
      HttpMethod method,
      URI uri,
      HttpHeaders headers,
      byte[] body,
      ContentReferences references) {
    super(method, uri, null, headers);
    this.batch = batch;
    this.body = body;
    this.references = references;
  }

  /// What its body may refer to.
  ContentReferences references() {
    return references;
  }

  byte[] body() {
    return body;
  }

  @Override
  public Flux<DataBuffer> getBody() {
    return body.length == 0
        ? Flux.empty()
        : Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body));
  }

  @Override
  public @Nullable InetSocketAddress getLocalAddress() {
    return batch.getLocalAddress();
  }

  @Override
  public @Nullable InetSocketAddress getRemoteAddress() {
    return batch.getRemoteAddress();
  }

  @Override
  protected MultiValueMap<String, HttpCookie> initCookies() {
    return batch.getCookies();
  }

  @Override
  protected @Nullable SslInfo initSslInfo() {
    return batch.getSslInfo();
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> T getNativeRequest() {
    return (T) this;
  }
}
