package io.rowstream.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long the edge waits for a client.
///
/// @param headTimeout for the whole head of a request, from the opening of the connection or from
///   the answer before; then the connection is closed
/// @param bodyTimeout for more of a body that is being read; then 408, and the connection is closed
@ConfigurationProperties("rowstream.http")
record HttpEdgeSettings(
    @DefaultValue("60s") Duration headTimeout, @DefaultValue("30s") Duration bodyTimeout) {

  HttpEdgeSettings {
    if (headTimeout.toMillis() < 1 || bodyTimeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "rowstream.http.head-timeout and body-timeout are to be 1 ms at least");
    }
  }
}
