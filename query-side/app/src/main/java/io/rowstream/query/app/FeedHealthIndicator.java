package io.rowstream.query.app;

import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.eventfeed.FeedHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether this node reads what is committed.
record FeedHealthIndicator(EventFeed feed) implements HealthIndicator {

  @Override
  public Health health() {
    FeedHealth health = feed.health();
    return (health.isUp() ? Health.up() : Health.down())
        .withDetail("state", health.state())
        .withDetail("detail", health.detail())
        .withDetail("position", health.position())
        .withDetail("eventsBehind", health.eventsBehind())
        .withDetail("sinceLastRead", health.sinceLastRead())
        .withDetail("listening", health.listening())
        .build();
  }
}
