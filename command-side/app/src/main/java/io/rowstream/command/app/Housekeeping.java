package io.rowstream.command.app;

import io.rowstream.command.eventstore.EntityTypeCatalog;
import io.rowstream.command.eventstore.OutcomeRetention;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the command side does unasked: it learns of entity types defined on other nodes and forgets
/// outcomes that are older than they are promised to be kept.
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration ENTITY_TYPES_INTERVAL = Duration.ofSeconds(1);
  private static final Duration OUTCOMES_INTERVAL = Duration.ofMinutes(10);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());

  Housekeeping(EntityTypeCatalog types, OutcomeRetention outcomes) {
    every(ENTITY_TYPES_INTERVAL, types::refresh);
    every(OUTCOMES_INTERVAL, outcomes::forgetExpired);
  }

  private void every(Duration interval, Runnable task) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                log.warn("Housekeeping failed and is tried again", e);
              }
            },
            interval.toMillis(),
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdown();
  }
}
