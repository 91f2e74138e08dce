package io.rowstream.command.app;

import io.rowstream.command.eventstore.GroupCommit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether this node takes changes. It is down for good once the writer has stopped; while the
/// database is away the writer waits for it.
record WriterHealthIndicator(GroupCommit groupCommit) implements HealthIndicator {

  @Override
  public Health health() {
    return (groupCommit.isHealthy() ? Health.up() : Health.down())
        .withDetail("commandsWaiting", groupCommit.queued())
        .build();
  }
}
