package io.rowstream.query.app;

import io.rowstream.query.projections.current.CurrentRecordsProjection;
import io.rowstream.query.projections.current.ProjectionHealth;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether lists keep up with the log on this node.
record ProjectionHealthIndicator(CurrentRecordsProjection projection) implements HealthIndicator {

  /// How long the projection may be without success before it counts as ill; it has one at least
  /// every second when there is nothing to do.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  @Override
  public Health health() {
    ProjectionHealth health = projection.health();
    boolean silent = health.lastSuccess().plus(SILENCE_MAX).isBefore(Instant.now());
    return (health.alive() && !silent ? Health.up() : Health.down())
        .withDetail("alive", health.alive())
        .withDetail("position", health.position())
        .withDetail("eventsBehind", health.behind())
        .withDetail("lastSuccess", health.lastSuccess())
        .build();
  }
}
