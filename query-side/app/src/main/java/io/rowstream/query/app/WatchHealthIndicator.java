package io.rowstream.query.app;

import io.rowstream.query.push.Watch;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether watches and polls are served on this node.
record WatchHealthIndicator(Watch watch) implements HealthIndicator {

  @Override
  public Health health() {
    return (watch.isUp() ? Health.up() : Health.down())
        .withDetail("watchers", watch.watchers())
        .build();
  }
}
