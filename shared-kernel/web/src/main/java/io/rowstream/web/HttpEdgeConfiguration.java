package io.rowstream.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/// What both sides put before their handlers. Each imports it; a process that holds both has it
/// once.
@Configuration(proxyBeanMethods = false)
public class HttpEdgeConfiguration {
  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> httpEdge() {
    return factory -> factory.addServerCustomizers(HttpEdgeConfiguration::onto);
  }

  @Bean
  WebFilter ownOrigin() {
    return new OwnOrigin();
  }

  @Bean
  ErrorWebExceptionHandler unhandledFailures() {
    return new UnhandledFailures();
  }

  @Bean
  RouterFunction<ServerResponse> openApiRoutes(ObjectProvider<NativeOperations> described) {
    return OpenApiRoutes.of(described.orderedStream().toList());
  }

  private static HttpServer onto(HttpServer server) {
    return server
        .httpRequestDecoder(bounds ->
            bounds
                .maxInitialLineLength(
                    HttpBounds.TARGET_OCTETS_MAX + HttpBounds.LINE_REST_OCTETS_MAX)
                .maxHeaderSize(HttpBounds.HEADERS_OCTETS_MAX))
        .doOnChannelInit((_, channel, _) ->
            channel
                .pipeline()
                .addBefore(NettyPipeline.HttpTrafficHandler, "httpEdge", new HttpEdge()));
  }
}
