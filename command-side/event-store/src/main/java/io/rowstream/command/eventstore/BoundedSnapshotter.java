package io.rowstream.command.eventstore;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.AggregateSnapshotter;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes snapshots one after the other, on a thread of its own. While many wait for theirs, no more
/// are taken on: what is turned away gets its snapshot the next time it is due. Thread-safe.
///
/// The bound is here and not in the thread's queue because Axon's snapshotter remembers what it has
/// handed over until that has been run: what a queue discards would never be taken again.
public final class BoundedSnapshotter implements Snapshotter, AutoCloseable {
  /// Aggregates waiting for a snapshot, give or take as many as threads ask at the same moment.
  static final int WAITING_MAX = 1_000;

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(BoundedSnapshotter.class);

  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          waiting,
          Thread.ofPlatform().name("snapshots").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy());
  private final Snapshotter snapshotter;

  public BoundedSnapshotter(EventStore events, AggregateFactory<?> aggregates) {
    snapshotter =
        AggregateSnapshotter.builder()
            .eventStore(events)
            .executor(writer)
            .aggregateFactories(aggregates)
            .build();
  }

  @Override
  public void scheduleSnapshot(Class<?> aggregateType, String aggregateIdentifier) {
    if (waiting.size() < WAITING_MAX) {
      snapshotter.scheduleSnapshot(aggregateType, aggregateIdentifier);
    }
  }

  /// Gives up the snapshot that is being taken, unless it is nearly done; those that wait are not
  /// taken.
  @Override
  public void close() {
    writer.shutdownNow();
    try {
      if (!writer.awaitTermination(CLOSE_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("a snapshot was not done in time");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
