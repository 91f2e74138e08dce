package io.rowstream.query.app;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.query.projections.current.CurrentRecordsProjection;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;

/// The query side as a server on a free port, over a database of its own.
final class ReadServer implements AutoCloseable {
  static final UUID ADA = LogWriter.ADA;
  static final UUID BEA = UUID.fromString("22222222-2222-4222-8222-222222222222");

  private final LogDatabase database = LogDatabase.create();
  private final SettableClock clock = SettableClock.at(Instant.now());
  private final ConfigurableApplicationContext application;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(QuerySideConfiguration.class)
  static class Application {

    /// Threads of its own: the shared ones end with the first of several servers in one JVM.
    @Bean
    ReactorResourceFactory reactorResources() {
      var resources = new ReactorResourceFactory();
      resources.setUseGlobalResources(false);
      resources.setShutdownQuietPeriod(Duration.ZERO);
      return resources;
    }
  }

  /// @param settings such as `rowstream.query.position-wait=100ms`
  ReadServer(String... settings) {
    application =
        new SpringApplicationBuilder(Application.class)
            .initializers(context -> {
              var beans = context.getBeanFactory();
              beans.registerSingleton("clock", clock);
              beans.registerSingleton(
                  "logDatabase",
                  new io.rowstream.eventlog.LogDatabase(
                      database.jdbcUrl(), database.user(), database.password()));
            })
            .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
            .properties(
                "management.endpoint.health.show-details=always",
                "server.max-http-request-header-size=64KB",
                "server.netty.max-initial-line-length=64KB")
            .properties(settings)
            .run();
  }

  <T> T bean(Class<T> type) {
    return application.getBean(type);
  }

  /// What the time is for queries; it stands still.
  SettableClock clock() {
    return clock;
  }

  LogDatabase database() {
    return database;
  }

  LogWriter writer() {
    return database.writer();
  }

  String root() {
    return "http://127.0.0.1:"
        + application.getEnvironment().getProperty("local.server.port")
        + "/api/data/v9.2/";
  }

  void define(EntityType type) {
    writer().append(EntityType.stream(type.name()), new EntityTypeDefined(type));
  }

  long create(RecordRef record, Map<String, Value> values) {
    return writer().append(record, new RecordCreated(values));
  }

  void awaitCaughtUp(long position) {
    try {
      if (!bean(CurrentRecordsProjection.class).await(position, Duration.ofSeconds(20))) {
        throw new AssertionError("the projection does not come to position " + position);
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /// @param headers names and values in turn
  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, headers);
  }

  HttpResponse<String> send(String method, String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : root() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(
          request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  @Override
  public void close() {
    client.close();
    application.close();
    database.close();
  }
}
