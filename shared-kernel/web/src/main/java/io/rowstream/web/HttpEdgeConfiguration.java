package io.rowstream.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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
@EnableConfigurationProperties(HttpEdgeSettings.class)
public class HttpEdgeConfiguration {
  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> httpEdge(
      HttpEdgeSettings settings, ObjectProvider<MeterRegistry> meters) {
    return factory -> {
      var times = new RequestTimes(meters.getIfAvailable(CompositeMeterRegistry::new));
      factory.addServerCustomizers(server -> onto(server, settings, times));
    };
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

  private static HttpServer onto(HttpServer server, HttpEdgeSettings settings, RequestTimes times) {
    return server
        .httpRequestDecoder(bounds ->
            bounds
                .maxInitialLineLength(
                    HttpBounds.TARGET_OCTETS_MAX + HttpBounds.LINE_REST_OCTETS_MAX)
                .maxHeaderSize(HttpBounds.HEADERS_OCTETS_MAX))
        .idleTimeout(settings.headTimeout())
        .doOnChannelInit((_, channel, _) ->
            channel
                .pipeline()
                .addBefore(
                    NettyPipeline.HttpTrafficHandler,
                    "httpEdge",
                    new HttpEdge(settings.bodyTimeout(), times)));
  }
}
