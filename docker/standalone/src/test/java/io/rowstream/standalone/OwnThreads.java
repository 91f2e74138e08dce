package io.rowstream.standalone;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/// Server threads for each of several services in one JVM; the shared ones end with the first.
@Configuration(proxyBeanMethods = false)
class OwnThreads {

  @Bean
  ReactorResourceFactory reactorResources() {
    var resources = new ReactorResourceFactory();
    resources.setUseGlobalResources(false);
    resources.setShutdownQuietPeriod(Duration.ZERO);
    return resources;
  }
}
