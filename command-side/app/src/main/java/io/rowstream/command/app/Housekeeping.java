package io.rowstream.command.app;

import io.rowstream.command.eventstore.EntityTypeCatalog;
import io.rowstream.command.eventstore.KeyActivation;
import io.rowstream.command.eventstore.OutcomeRetention;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the command side does unasked: it learns of entity types defined on other nodes, forgets
/// outcomes that are older than they are promised to be kept, and puts new keys into force.
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration ENTITY_TYPES_INTERVAL = Duration.ofSeconds(1);
  private static final Duration KEYS_INTERVAL = Duration.ofSeconds(1);
  private static final Duration OUTCOMES_INTERVAL = Duration.ofMinutes(10);

  private final ScheduledExecutorService timer = timer("housekeeping");

  /// Records without number may have to be looked through, while the rest goes on.
  private final ScheduledExecutorService keyTimer = timer("keys");

  Housekeeping(EntityTypeCatalog types, OutcomeRetention outcomes, KeyActivation keys) {
    every(ENTITY_TYPES_INTERVAL, timer, types::refresh);
    every(OUTCOMES_INTERVAL, timer, outcomes::forgetExpired);
    every(KEYS_INTERVAL, keyTimer, keys::run);
  }

  private static ScheduledExecutorService timer(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name(name).daemon().factory());
  }

  private static void every(Duration interval, ScheduledExecutorService timer, Runnable task) {
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
    keyTimer.shutdownNow();
  }
}
